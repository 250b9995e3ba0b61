import * as React from '../react';
import { Button } from './button';
import type { TranslationBundle } from './props';

const PAGE = 200;

/** A list of any length, a page at a time: it is drawn again with every change of the state. */
export function Paged<T>(props: {
  items: readonly T[];
  draw: (item: T) => JSX.Element;
  trans: TranslationBundle;
  page?: number;
  /** The place of an item that is shown whatever its page; nothing for none. */
  showing?: number;
  /** What stands in the list behind the items. */
  children?: React.ReactNode;
}): JSX.Element {
  const { items, trans, page = PAGE, showing = -1 } = props;
  const [pages, setPages] = React.useState(1);
  const list = React.useRef<HTMLUListElement>(null);
  const asked = React.useRef(false);
  const needed = Math.max(pages, Math.ceil((showing + 1) / page));
  React.useEffect(() => {
    // What was shown once stays shown, so that nothing is taken away under the person's eyes.
    setPages(needed);
  }, [needed]);
  React.useEffect(() => {
    if (asked.current) {
      asked.current = false;
      // The keyboard goes on where the list went on.
      const first = list.current?.children[(pages - 1) * page];
      (first?.querySelector<HTMLElement>('button, input') ?? (first as HTMLElement | undefined))?.focus();
    }
  }, [pages, page]);
  const shown = items.slice(0, needed * page);
  const more = items.length - shown.length;
  return (
    <>
      <ul ref={list}>
        {shown.map(props.draw)}
        {props.children}
      </ul>
      {more > 0 && (
        <Button
          onPress={() => {
            asked.current = true;
            setPages(needed + 1);
          }}
        >
          {trans.__('Show %1 more of %2', Math.min(page, more), more)}
        </Button>
      )}
    </>
  );
}
