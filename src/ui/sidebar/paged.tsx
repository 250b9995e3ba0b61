import React, { useEffect, useRef, useState } from 'react';

import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

const PAGE = 200;

/** A list of any length, a page at a time: it is drawn again with every change of the state. */
export function Paged<T>(props: {
  items: readonly T[];
  draw: (item: T) => JSX.Element;
  trans: TranslationBundle;
}): JSX.Element {
  const { items, trans } = props;
  const [pages, setPages] = useState(1);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (pages > 1) {
      // The keyboard goes on where the list went on.
      list.current?.children[(pages - 1) * PAGE]?.querySelector<HTMLElement>('button, input')?.focus();
    }
  }, [pages]);
  const shown = items.slice(0, pages * PAGE);
  const more = items.length - shown.length;
  return (
    <>
      <ul ref={list}>{shown.map(props.draw)}</ul>
      {more > 0 && (
        <Button onPress={() => setPages(pages + 1)}>
          {trans.__('Show %1 more of %2', Math.min(PAGE, more), more)}
        </Button>
      )}
    </>
  );
}
