import React, { useEffect, useRef, useState } from 'react';

import type { AttachmentInput, Composed } from '../../contract';
import type { IAttachable, IState } from '../../tokens';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import type { TranslationBundle } from '../parts/props';
import { dollars, short } from '../parts/words';

export interface IComposerProps {
  readonly attachable: readonly IAttachable[];
  readonly asking: IState['asking'];
  readonly model: string;
  readonly draft: string;
  /** The panel's filled button is here. */
  readonly primary: boolean;
  readonly trans: TranslationBundle;
  readonly onDraft: (text: string) => void;
  readonly onCompose: (prompt: string, attachments: AttachmentInput[]) => Promise<Composed | null>;
  readonly onAsk: (prompt: string, options: { new: boolean; attach: readonly string[] }) => Promise<boolean>;
  readonly onCancel: () => void;
}

/** Ask from the sidebar: a prompt, the cells that go with it, and what exactly is sent. */
export function Composer(props: IComposerProps): JSX.Element {
  const { attachable, asking, trans } = props;
  const [text, setText] = useState(props.draft);
  const [attach, setAttach] = useState<ReadonlySet<string>>(new Set());
  const [fresh, setFresh] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [composed, setComposed] = useState<Composed | null>(null);
  const [busy, setBusy] = useState(false);
  const send = useRef<HTMLButtonElement>(null);
  useEffect(() => send.current?.focus(), [composed]);

  const ticked = attachable.filter(a => attach.has(a.cell));
  const withOutput = ticked.some(a => a.output.trim() !== '');
  const empty = text.trim() === '';

  const write = (value: string) => {
    setText(value);
    setComposed(null);
    props.onDraft(value);
  };
  const show = async () => {
    setBusy(true);
    const attachments = ticked.map(({ cell, label, source, output }) => ({ cell, label, source, output }));
    setComposed(await props.onCompose(text, attachments));
    setBusy(false);
  };
  const ask = async () => {
    if (empty || busy) {
      return;
    }
    if (withOutput && !composed) {
      await show();
      return;
    }
    setBusy(true);
    const asked = await props.onAsk(text, { new: fresh, attach: ticked.map(a => a.cell) });
    setBusy(false);
    setComposed(null);
    if (asked) {
      write('');
      setAttach(new Set());
    }
  };
  return (
    <div
      className="jp-reconst-composer"
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
      {asking && <Asking {...props} since={asking.since} />}
      {composed && <Sent composed={composed} trans={trans} />}
      {choosing && !composed && (
        <Cells
          attachable={attachable}
          attach={attach}
          fresh={fresh}
          trans={trans}
          onAttach={setAttach}
          onFresh={setFresh}
        />
      )}
      <Field
        label={trans.__('Prompt')}
        value={text}
        rows={2}
        placeholder={props.model ? trans.__('Ask %1', props.model) : trans.__('Ask')}
        onChange={write}
      />
      <div className="jp-reconst-line">
        {composed ? (
          <Button onPress={() => setComposed(null)}>{trans.__('Back')}</Button>
        ) : (
          <Button icon="clip" expanded={choosing} onPress={() => setChoosing(!choosing)}>
            {ticked.length > 0 ? trans._n('%1 cell', '%1 cells', ticked.length) : trans.__('Attach')}
          </Button>
        )}
        {!composed && !empty && <Button onPress={() => void show()}>{trans.__('What is sent')}</Button>}
        <span className="jp-reconst-sp" />
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
  trans: TranslationBundle;
  onAttach: (cells: ReadonlySet<string>) => void;
  onFresh: (fresh: boolean) => void;
}): JSX.Element {
  const { attachable, attach, trans } = props;
  return (
    <fieldset className="jp-reconst-cells">
      <legend>{trans.__('Cells to send along, with their outputs')}</legend>
      <div className="jp-reconst-list">
        {attachable.length === 0 && <p className="jp-reconst-muted">{trans.__('This notebook has no other cells.')}</p>}
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
              {label} <span className="jp-reconst-muted jp-reconst-mono">{short(source, 60)}</span>
              {output.trim() && <span className="jp-reconst-muted"> · {trans.__('with output')}</span>}
            </span>
          </label>
        ))}
      </div>
      <label>
        <input type="checkbox" checked={props.fresh} onChange={event => props.onFresh(event.target.checked)} />
        <span>{trans.__('Start afresh, without the conversation above')}</span>
      </label>
    </fieldset>
  );
}

/** Exactly what asking would send. */
function Sent({ composed, trans }: { composed: Composed; trans: TranslationBundle }): JSX.Element {
  const { messages, tokens, context, cost, recorded, problem } = composed;
  const role = { system: trans.__('Constitution'), user: trans.__('You'), assistant: trans.__('Model') };
  const size = context
    ? trans.__('%1 of %2 tokens', tokens.toLocaleString(), context.toLocaleString())
    : trans._n('%1 token', '%1 tokens', tokens);
  return (
    <section className="jp-reconst-exact" aria-label={trans.__('What is sent')}>
      <div className="jp-reconst-list" tabIndex={0} role="region" aria-label={trans.__('Messages')}>
        {messages.map((message, index) => (
          <React.Fragment key={index}>
            <p className="jp-reconst-muted">{role[message.role]}</p>
            <pre className="jp-reconst-seen">{message.content}</pre>
          </React.Fragment>
        ))}
      </div>
      <p className="jp-reconst-muted">
        {size}
        {cost !== null && ` · ${trans.__('about %1', dollars(cost))}`}
      </p>
      {recorded && <p>{trans.__('This was asked before; its recorded reply is shown again and nothing is sent.')}</p>}
      {problem && (
        <p>
          <b>{problem.message}</b> {problem.remedy}
        </p>
      )}
    </section>
  );
}

function Asking(props: IComposerProps & { since: number }): JSX.Element {
  const { trans, since, model } = props;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return (
    <div className="jp-reconst-line jp-reconst-asking">
      <span>{trans.__('Asking %1, %2 s', model, seconds)}</span>
      <span className="jp-reconst-sp" />
      <Button kind={seconds >= 5 ? 'second' : 'plain'} icon="stop" onPress={props.onCancel}>
        {trans.__('Cancel')}
      </Button>
    </div>
  );
}
