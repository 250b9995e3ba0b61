import type { AttachmentInput, Composed, InForce } from '../../contract';
import type { IAskOptions, IAttachable, IState } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import type { TranslationBundle } from '../parts/props';
import { dollars, short } from '../parts/words';
import { Asking } from './asking';

export interface IComposerProps {
  readonly attachable: readonly IAttachable[];
  readonly asking: IState['asking'];
  readonly model: string;
  /** The notebook that the words are kept for; null while it is not known. */
  readonly notebook: string | null;
  readonly draft: string;
  /** The cell that the prompt will stand under, and the digest of what is in force: they decide what is sent. */
  readonly below: string | null;
  readonly digest: string | null;
  /** The style of the notebook, and those that there are. */
  readonly style: string;
  readonly styles: InForce['styles'];
  /** The panel's filled button is here. */
  readonly primary: boolean;
  readonly trans: TranslationBundle;
  readonly onDraft: (text: string) => void;
  readonly onCompose: (
    prompt: string,
    options: IAskOptions,
    attachments: AttachmentInput[]
  ) => Promise<Composed | null>;
  readonly onAsk: (prompt: string, options: IAskOptions) => Promise<boolean>;
  readonly onStyle: (style: string) => void;
  /** Open an article: a fact that is sent along. */
  readonly onArticle: (id: string) => void;
  readonly onCancel: () => void;
}

/** Ask from the sidebar: a prompt, the cells that go with it, and what exactly is sent. */
export function Composer(props: IComposerProps): JSX.Element {
  const { attachable, asking, trans, notebook, draft, onDraft } = props;
  const [text, setText] = React.useState(draft);
  const latest = React.useRef(text);
  latest.current = text;
  const [attach, setAttach] = React.useState<ReadonlySet<string>>(new Set());
  const [fresh, setFresh] = React.useState(false);
  const [library, setLibrary] = React.useState<boolean>();
  const [keep, setKeep] = React.useState<readonly string[]>();
  const [choosing, setChoosing] = React.useState(false);
  const [shown, setShown] = React.useState<{ about: string; composed: Composed } | null>(null);
  const [busy, setBusy] = React.useState(false);
  const send = React.useRef<HTMLButtonElement>(null);

  const prompt = text.trim();
  const empty = prompt === '';
  const ticked = attachable.filter(a => attach.has(a.cell));
  const withOutput = ticked.some(a => a.output.trim() !== '');
  const attachments = ticked.map(({ cell, label, source, output }) => ({ cell, label, source, output }));
  // What was composed is shown as long as it is what would be sent.
  const about = JSON.stringify([
    prompt,
    fresh,
    library,
    attachments,
    props.below,
    props.digest,
    props.style,
    asking?.turn
  ]);
  const composed = shown?.about === about ? shown.composed : null;
  React.useEffect(() => send.current?.focus(), [composed]);

  const write = (value: string) => {
    setText(value);
    onDraft(value);
  };
  const known = React.useRef(notebook);
  React.useEffect(() => {
    if (known.current === notebook) {
      return;
    }
    known.current = notebook;
    // A notebook that has become known, or got another name: words that nobody asked yet go with it.
    if (latest.current === '') {
      setText(draft);
    } else if (latest.current !== draft) {
      onDraft(latest.current);
    }
  }, [notebook, draft, onDraft]);
  const show = async (kept?: readonly string[]) => {
    setBusy(true);
    setKeep(kept);
    const found = await props.onCompose(prompt, { new: fresh, library, keep: kept }, attachments);
    setShown(found && { about, composed: found });
    setBusy(false);
  };
  const ask = async () => {
    if (empty || busy) {
      return;
    }
    if ((withOutput || library) && !composed) {
      await show();
      return;
    }
    setBusy(true);
    const options = { new: fresh, library, keep: composed ? keep : undefined, attach: ticked.map(a => a.cell) };
    const asked = await props.onAsk(prompt, options);
    setBusy(false);
    setShown(null);
    if (asked) {
      setAttach(new Set());
      // What was typed meanwhile is the next question.
      if (latest.current === text) {
        write('');
      }
    }
  };
  return (
    <div
      cl="composer"
      role="group"
      aria-label={trans.__('Ask')}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          void ask();
        }
      }}
    >
      {asking && <Asking since={asking.since} model={props.model} trans={trans} onCancel={props.onCancel} />}
      {composed && (
        <Sent composed={composed} trans={trans} onKeep={way => void show([way])} onArticle={props.onArticle} />
      )}
      {choosing && !composed && (
        <Cells
          attachable={attachable}
          attach={attach}
          fresh={fresh}
          library={!!library}
          trans={trans}
          onAttach={setAttach}
          onFresh={setFresh}
          onLibrary={wanted => setLibrary(wanted || undefined)}
        />
      )}
      <Field
        label={trans.__('Prompt')}
        value={text}
        rows={2}
        placeholder={props.model ? trans.__('Ask %1', props.model) : trans.__('Ask')}
        onChange={write}
      />
      <div cl="line">
        {composed ? (
          <Button onPress={() => setShown(null)}>{trans.__('Back')}</Button>
        ) : (
          <Button icon="clip" expanded={choosing} onPress={() => setChoosing(!choosing)}>
            {ticked.length > 0 ? trans._n('%1 cell', '%1 cells', ticked.length) : trans.__('Attach')}
          </Button>
        )}
        {!composed && props.styles.length > 0 && (
          <select
            cl="field"
            value={props.style}
            aria-label={trans.__('How the model works with you in this notebook')}
            onChange={event => props.onStyle(event.target.value)}
          >
            <option value="">{trans.__('No style')}</option>
            {props.styles.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
        {!composed && !empty && <Button onPress={() => void show()}>{trans.__('What is sent')}</Button>}
        <span cl="sp" />
        <Button
          ref={composed ? send : undefined}
          kind={props.primary || composed ? 'primary' : 'second'}
          notYet={empty ? trans.__('Write a prompt first') : busy ? trans.__('One moment') : undefined}
          onPress={() => void ask()}
        >
          {composed ? trans.__('Send') : trans.__('Ask')}
        </Button>
      </div>
    </div>
  );
}

function Cells(props: {
  attachable: readonly IAttachable[];
  attach: ReadonlySet<string>;
  fresh: boolean;
  library: boolean;
  trans: TranslationBundle;
  onAttach: (cells: ReadonlySet<string>) => void;
  onFresh: (fresh: boolean) => void;
  onLibrary: (library: boolean) => void;
}): JSX.Element {
  const { attachable, attach, trans } = props;
  return (
    <fieldset cl="cells">
      <legend>{trans.__('Cells to send along, with their outputs')}</legend>
      <div cl="list">
        {attachable.length === 0 && <p cl="muted">{trans.__('This notebook has no other cells.')}</p>}
        {attachable.map(({ cell, label, source, output }) => (
          <label key={cell}>
            <input
              type="checkbox"
              checked={attach.has(cell)}
              onChange={event => {
                const next = new Set(attach);
                next[event.target.checked ? 'add' : 'delete'](cell);
                props.onAttach(next);
              }}
            />
            <span>
              {label} <span cl="muted mono">{short(source, 60)}</span>
              {output.trim() && <span cl="muted"> · {trans.__('with output')}</span>}
            </span>
          </label>
        ))}
      </div>
      <label>
        <input type="checkbox" checked={props.library} onChange={event => props.onLibrary(event.target.checked)} />
        <span>{trans.__('Passages from your library')}</span>
      </label>
      <label>
        <input type="checkbox" checked={props.fresh} onChange={event => props.onFresh(event.target.checked)} />
        <span>{trans.__('Start afresh, without the conversation above')}</span>
      </label>
    </fieldset>
  );
}

/** Exactly what asking would send. */
function Sent(props: {
  composed: Composed;
  trans: TranslationBundle;
  onKeep: (way: string) => void;
  onArticle: (id: string) => void;
}): JSX.Element {
  const { trans, onKeep } = props;
  const { messages, given, tokens, context, cost, left, recorded, problem } = props.composed;
  const role = { system: trans.__('Constitution'), user: trans.__('You'), assistant: trans.__('Model') };
  const size = context
    ? trans.__('%1 of %2 tokens', tokens.toLocaleString(), context.toLocaleString())
    : trans._n('%1 token', '%1 tokens', tokens);
  return (
    <section cl="exact" aria-label={trans.__('What is sent')}>
      <div cl="list" tabIndex={0} role="region" aria-label={trans.__('Messages')}>
        {messages.map((message, index) => (
          <React.Fragment key={index}>
            <p cl="muted">{role[message.role]}</p>
            <pre cl="seen">{message.content}</pre>
          </React.Fragment>
        ))}
      </div>
      {given.length > 0 && (
        <p>
          {trans.__('Known here:')}
          {given.map(({ id, kind, label }) =>
            kind === 'fact' ? (
              <Button key={id} onPress={() => props.onArticle(id)}>
                {label}
              </Button>
            ) : (
              ` ${label}`
            )
          )}
        </p>
      )}
      <p cl="muted">
        {size}
        {cost !== null && ` · ${trans.__('about %1', dollars(cost))}`}
        {left.length > 0 && ` · ${trans._n('%1 earlier turn left out', '%1 earlier turns left out', left.length)}`}
      </p>
      {recorded && <p>{trans.__('This was asked before; its recorded reply is shown again and nothing is sent.')}</p>}
      {problem && (
        <p>
          <b>{problem.message}</b> {problem.remedy}
        </p>
      )}
      {problem?.code === 'outgrown' && (
        <div cl="line">
          <Button kind="second" onPress={() => onKeep('last')}>
            {trans.__('Keep the newest turns')}
          </Button>
          <Button kind="second" onPress={() => onKeep('first')}>
            {trans.__('Keep the first, and the newest')}
          </Button>
        </div>
      )}
    </section>
  );
}
