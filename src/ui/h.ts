import React from 'react';

/** React's own functions under names the bundle can shorten: the first stands there a thousand times (`tsconfig.json`). */
export const h = React.createElement;
export const { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } = React;
