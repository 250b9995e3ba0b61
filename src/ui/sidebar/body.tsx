import type { Amendment, Article } from '../../contract';
import type { IState, Tab } from '../../tokens';
import * as React from '../react';
import { Agreed } from '../agree/agreed';
import { Button } from '../parts/button';
import { Confirm, IQuestion } from '../parts/confirm';
import { MenuLine, showMenu } from '../parts/menu';
import { Notice } from '../parts/notice';
import { Wiki } from '../wiki/body';
import { Bottom } from './bottom';
import { ConstitutionList } from './constitution';
import { pick } from '../share/pick';
import { Empty, Missing } from './empty';
import { Conversation } from './conversation';
import { HistoryList } from './history';
import type { IItemActs } from './item';
import { Named } from './named';
import type { ISidebarProps } from './props';
import { ReviewList } from './review';
import { Tabs } from './tabs';
import { IItem, itemsOf, waiting } from './standing';

/** A notice of something done goes by itself; one of a problem stays. */
const DONE = 10000;

/** The sidebar: what waits for the person, the constitution, and the history. */
export function Sidebar(props: ISidebarProps): JSX.Element {
  const { state, reconst, trans, open } = props;
  const [question, setQuestion] = React.useState<IQuestion | null>(null);
  React.useEffect(() => {
    if (state.notice?.kind === 'done') {
      const timer = setTimeout(() => reconst.dismiss(), DONE);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [reconst, state.notice]);

  const acts: IItemActs = {
    onCorrect: annotation => void reconst.reopen(annotation, 'correct'),
    onAmend: reconst.amend,
    onAskAgain: reconst.askAgain,
    onGoTo: props.onGoTo,
    onNote: reconst.note,
    onDiscard: annotation => void reconst.discard(annotation.id),
    onTell: annotation => props.open.report({ annotation: annotation.id }),
    onPlace: (annotation, target) => {
      props.onPlacing(null);
      void reconst.place(annotation, target);
    },
    onPlacing: props.onPlacing,
    onImpact: () => open.impact()
  };
  const items = itemsOf(state);
  const menu = (anchor: HTMLElement) => void showMenu(anchor, menuOf(props, setQuestion));
  const missing = state.connection === 'missing';
  const fresh = isFresh(state, items);
  return (
    <>
      <div cl="phead">
        <h2>{trans.__('Reconstitution')}</h2>
        <Button icon="more" menu label={trans.__('More')} onPress={event => menu(event.currentTarget)} />
      </div>
      {!fresh && !missing && <Tabs state={state} count={waiting(state, items)} trans={trans} onShow={reconst.show} />}
      {(question || state.notice || state.status?.store) && (
        <div cl="notices">
          {question && <Confirm question={question} trans={trans} onClose={() => setQuestion(null)} />}
          {state.status?.store && <Notice title={state.status.store.message} text={state.status.store.remedy} />}
          {state.notice && <Told {...props} />}
        </div>
      )}
      {!missing && <Named {...props} />}
      {missing ? (
        <div cl="scroll">
          <Missing metadata={props.metadata} trans={trans} onAgain={() => void reconst.refresh()} />
        </div>
      ) : fresh ? (
        <div cl="scroll">
          <Empty trans={trans} quiet={state.card !== null} onTry={() => void reconst.openSample()} />
        </div>
      ) : (
        <div
          cl="scroll"
          id={`reconst-panel-${state.tab}`}
          role="tabpanel"
          aria-labelledby={`reconst-tab-${state.tab}`}
          tabIndex={0}
        >
          <Agreed {...props}>
            <TabPanel {...props} tab={state.tab} acts={acts} items={items} />
          </Agreed>
        </div>
      )}
      {!missing && <Bottom {...props} fresh={fresh} items={items} />}
    </>
  );
}

function TabPanel(props: ISidebarProps & { tab: Tab; acts: IItemActs; items: readonly IItem[] }): JSX.Element {
  const { state, reconst, trans, open, acts } = props;
  const quiet = state.card !== null;
  switch (props.tab) {
    case 'review':
      return (
        <ReviewList
          {...acts}
          state={state}
          items={props.items}
          now={props.now}
          trans={trans}
          quiet={quiet}
          placing={props.placing}
          offer={props.offer}
          onReview={() => open.acceptance()}
          onResolve={() => reconst.show('constitution')}
          onAside={() => void reconst.previewing.setAside()}
        />
      );
    case 'constitution':
      return (
        <ConstitutionList
          inForce={state.inForce}
          present={state.present}
          clashes={state.clashes}
          search={reconst.clashing}
          now={props.now}
          trans={trans}
          quiet={quiet}
          onToggle={reconst.toggle}
          onMove={reconst.move}
          onEdit={article => open.article(article)}
          onImpact={article => {
            open.impact();
            void reconst.preview(without(article, props.id()));
          }}
          onHistory={article => open.article(article)}
          onRepeal={reconst.repeal}
          onResolve={reconst.restore}
          onComplete={reconst.complete}
          onReview={() => open.acceptance()}
          onPromote={reconst.promote}
          onCopy={reconst.copyDown}
          onTell={article => open.report({ article })}
          onLook={reconst.look}
          onScores={reconst.scores}
          onImport={() => bring(props)}
          onShare={() => open.share()}
          onCompare={() => open.compare()}
        />
      );
    case 'history':
      return (
        <>
          {state.threads.length > 1 && <Conversation threads={state.threads} trans={trans} onGoTo={reconst.goTo} />}
          <HistoryList
            history={state.history}
            now={props.now}
            trans={trans}
            onRestore={reconst.restore}
            onForget={reconst.forget}
            onOpen={tried => {
              open.impact();
              void reconst.previewing.open(tried);
            }}
            onMore={() => void reconst.moreHistory()}
          />
        </>
      );
    case 'packs':
      return (
        <Wiki
          wiki={reconst.wiki}
          path={state.path}
          digest={state.inForce?.digest}
          articles={state.inForce?.constitution.articles ?? []}
          drafts={props.drafts}
          trans={trans}
          onReview={() => open.offer()}
        />
      );
  }
}

function Told({ state, reconst, trans }: ISidebarProps): JSX.Element | null {
  const { notice } = state;
  if (!notice) {
    return null;
  }
  const { kind, text, remedy, action } = notice;
  return (
    <Notice
      icon={kind === 'done' ? 'done' : 'warn'}
      tone={kind === 'done' ? 'good' : 'warn'}
      text={remedy ? `${text} ${remedy}` : text}
    >
      {action && (
        <Button
          kind={kind === 'done' ? 'plain' : 'second'}
          onPress={() => {
            reconst.dismiss();
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button icon="cross" label={trans.__('Dismiss')} onPress={() => reconst.dismiss()} />
    </Notice>
  );
}

function menuOf(props: ISidebarProps, ask: (question: IQuestion) => void): MenuLine[] {
  const { reconst, trans, open, state } = props;
  const keep = (days: number): MenuLine => ({
    label: trans._n('Keep turns for %1 day…', 'Keep turns for %1 days…', days),
    run: () =>
      ask({
        text: trans.__('Turns older than %1 days are erased from your store. Notebooks keep what they show.', days),
        verb: trans.__('Erase older turns'),
        run: () => void reconst.retain(days)
      })
  });
  const notebook = state.path !== null;
  return [
    { label: trans.__('Connect a model…'), run: () => open.connect() },
    { label: trans.__('Browse packs'), run: () => reconst.show('packs') },
    { label: trans.__('Library…'), run: () => open.library() },
    null,
    { label: trans.__('Import a constitution…'), run: () => bring(props), notYet: !notebook },
    { label: trans.__('Share this constitution…'), run: () => open.share(), notYet: !notebook },
    { label: trans.__('What travels with this notebook…'), run: () => open.travels(), notYet: !notebook },
    {
      label: trans.__('Strip this notebook…'),
      notYet: !notebook,
      run: () =>
        ask({
          text: trans.__('Remove articles, cases and highlights from this notebook? Your own store keeps them.'),
          verb: trans.__('Strip'),
          run: () => void reconst.strip()
        })
    },
    null,
    { label: trans.__('Keep turns for ever'), run: () => void reconst.retain(null) },
    keep(365),
    keep(30),
    null,
    { label: trans.__('Practise on a recorded answer'), run: () => void reconst.openSample() },
    { label: trans.__('Settings'), run: () => open.settings() }
  ];
}

/** Choose a file, then read what it would bring. */
function bring({ reconst, open }: ISidebarProps): void {
  pick(file => void reconst.sharing.bring(file).then(done => done && open.offer()));
}

/** Nothing has been asked, said or ratified here yet. */
function isFresh(state: IState, items: readonly IItem[]): boolean {
  const { inForce } = state;
  const law =
    inForce &&
    (inForce.constitution.articles.length > 0 ||
      inForce.review ||
      inForce.conflicts.length > 0 ||
      inForce.agreeing.proposals.length > 0 ||
      inForce.pending.length > 0 ||
      inForce.problems.length > 0);
  const talk = state.threads.length > 1;
  return (
    !law && !talk && items.length === 0 && state.tab === 'review' && !state.preview && !state.history?.events.length
  );
}

/** The amendment whose impact is what an article does: taking it away. */
function without(article: Article, id: string): Amendment {
  return {
    id,
    action: 'repeal',
    article: article.id,
    base: article.revision,
    draft: null,
    order: null,
    reach: 'kind',
    source: { by: 'person', name: '' },
    annotations: [],
    note: ''
  };
}
