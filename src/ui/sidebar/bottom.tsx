import * as React from '../react';
import { Asking } from './asking';
import { Composer } from './composer';
import { Reads } from './constitution';
import { Foot } from './foot';
import type { ISidebarProps } from './props';
import { IItem, nextOf } from './standing';

/** Under the tabs: what the model reads, the composer, what is being asked, and which model answers. */
export function Bottom(props: ISidebarProps & { fresh: boolean; items: readonly IItem[] }): JSX.Element {
  const { state, reconst, trans, drafts, open } = props;
  const model = state.status?.model ?? null;
  const asks = state.path !== null && model !== null && (props.fresh || state.tab === 'review');
  const notebook = state.inForce?.notebook ?? null;
  const key = JSON.stringify(['ask', notebook]);
  const next = props.fresh || nextOf(state, props.items) !== null || state.card !== null;
  const cancel = () => void reconst.cancel();
  return (
    <>
      {!props.fresh && state.tab === 'constitution' && state.inForce && (
        <Reads
          inForce={state.inForce}
          context={model?.context ?? null}
          trans={trans}
          onArticle={() => open.article(null)}
        />
      )}
      {asks ? (
        <Composer
          key={props.opened}
          attachable={state.attachable}
          asking={state.asking}
          model={model.model}
          notebook={notebook}
          draft={notebook ? drafts.get(key) : ''}
          below={state.below}
          digest={state.inForce?.digest ?? null}
          style={state.inForce?.style ?? ''}
          styles={state.inForce?.styles ?? []}
          primary={!next}
          trans={trans}
          onDraft={text => notebook && drafts.set(key, text)}
          onCompose={reconst.compose}
          onAsk={reconst.ask}
          onStyle={reconst.restyle}
          onArticle={id => open.article(id)}
          onCancel={cancel}
        />
      ) : (
        state.asking && (
          <div cl="composer" role="group" aria-label={trans.__('Asking')}>
            <Asking since={state.asking.since} model={model?.model ?? ''} trans={trans} onCancel={cancel} />
          </div>
        )
      )}
      <Foot status={state.status} trans={trans} onConnect={() => open.connect()} />
    </>
  );
}
