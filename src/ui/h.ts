import React from 'react';

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface DOMAttributes<T> {
    /** Classes of ours, without the prefix that they all have: `cl="muted"` is the class `jp-reconst-muted`. */
    readonly cl?: string;
  }
}

type Factory = (type: string, props: { cl?: string } | null, ...children: unknown[]) => JSX.Element;

const create = React.createElement as Factory;

/** React's own functions under names the bundle can shorten: the first stands there a thousand times (`tsconfig.json`). */
export const h = ((type, props, ...children) => {
  if (!props?.cl) {
    return create(type, props, ...children);
  }
  const { cl, ...rest } = props;
  return create(type, { ...rest, className: cl.replace(/\S+/g, 'jp-reconst-$&') } as object, ...children);
}) as Factory as typeof React.createElement;
export const { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } = React;
