import React from 'react';

/** React's own factory under a name the bundle can shorten: it stands there a thousand times (`tsconfig.json`). */
export const h = React.createElement;
export const Fragment = React.Fragment;
