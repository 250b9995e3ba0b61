import type { IState, Tab } from '../../tokens';
import * as React from '../react';
import type { TranslationBundle } from '../parts/props';

/** The tabs; arrow keys move between them. */
export function Tabs(props: {
  state: IState;
  /** How many things wait for the person. */
  count: number;
  trans: TranslationBundle;
  onShow: (tab: Tab) => void;
}): JSX.Element {
  const { state, trans } = props;
  const bar = React.useRef<HTMLDivElement>(null);
  const articles = state.inForce?.constitution.articles.length ?? 0;
  const tabs: readonly { tab: Tab; label: string; count: number }[] = [
    { tab: 'review', label: trans.__('Review'), count: props.count },
    { tab: 'constitution', label: trans.__('Constitution'), count: articles },
    { tab: 'history', label: trans.__('History'), count: 0 },
    { tab: 'packs', label: trans.__('Packs'), count: 0 }
  ];
  const move = (by: number) => {
    const at = tabs.findIndex(t => t.tab === state.tab);
    const next = (at + by + tabs.length) % tabs.length;
    props.onShow(tabs[next].tab);
    (bar.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div cl="ptabs" role="tablist" aria-label={trans.__('Reconstitution')} ref={bar}>
      {tabs.map(({ tab, label, count }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`reconst-tab-${tab}`}
          aria-selected={tab === state.tab}
          aria-controls={tab === state.tab ? `reconst-panel-${tab}` : undefined}
          tabIndex={tab === state.tab ? 0 : -1}
          onClick={() => props.onShow(tab)}
          onKeyDown={event => {
            const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (by) {
              event.preventDefault();
              move(by);
            }
          }}
        >
          {label}
          {count > 0 && <span cl="cnt"> {count}</span>}
        </button>
      ))}
    </div>
  );
}
