/** React with our class names. Panels import it whole, as `React`: only then is `React.createElement` a short name in the bundle. */
import React from 'react';

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface DOMAttributes<T> {
    /** Classes of ours, without the prefix that they all have: `cl="muted"` is the class `jp-reconst-muted`. */
    readonly cl?: string;
  }
}

export type { KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
export const { Fragment, forwardRef, memo, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } =
  React;

type Factory = (type: string, props: { cl?: string } | null, ...children: unknown[]) => JSX.Element;

const create = React.createElement as Factory;

export const createElement = ((type, props, ...children) => {
  if (!props?.cl) {
    return create(type, props, ...children);
  }
  const { cl, ...rest } = props;
  return create(type, { ...rest, className: cl.replace(/\S+/g, 'jp-reconst-$&') } as object, ...children);
}) as Factory as typeof React.createElement;
