import type { Sending, SentArticle, WasSent } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Block } from '../parts/block';
import { Fold } from '../parts/fold';
import { Notice } from '../parts/notice';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';
import { scopeName } from '../parts/scopes';
import { clock, day, dollars } from '../parts/words';

/** The very messages, and what they were made from. */
export function Sent(props: { sent: WasSent; now: number; trans: TranslationBundle }): JSX.Element {
  const { sent, now, trans } = props;
  const { articles, given, left, created } = sent;
  return (
    <Page
      title={trans.__('What the model was sent')}
      lede={created && `${day(created, now, trans)}, ${clock(created)}`}
      under={sent.note && <Notice icon={sent.exact ? 'done' : 'warn'} text={sent.note} />}
    >
      <div cl="cols wide-first">
        <div tabIndex={0} role="group" aria-label={trans.__('Messages')}>
          {sent.sendings.map((sending, at) => (
            <Call key={at} sending={sending} trans={trans} />
          ))}
        </div>
        <div>
          <Block title={trans.__('Articles')}>
            {articles.length === 0 && <p cl="muted">{trans.__('None.')}</p>}
            <ul cl="leaves">
              {articles.map(article => (
                <li key={article.revision}>{said(article, trans)}</li>
              ))}
            </ul>
          </Block>
          <Block title={trans.__('Passages and known facts')}>
            {given.length === 0 && <p cl="muted">{trans.__('None.')}</p>}
            {given.map(({ id, label, source, text }) => (
              <Fold key={id} look="whole" title={spelt(label || source)}>
                <p cl="muted">{spelt(source)}</p>
                <p cl="read exact">{spelt(text)}</p>
              </Fold>
            ))}
          </Block>
          {left > 0 && (
            <p cl="muted">
              {trans._n('%1 turn did not fit and was left out.', '%1 turns did not fit and were left out.', left)}
            </p>
          )}
          {sent.digest && <p cl="muted exact">{trans.__('Constitution %1', sent.digest)}</p>}
        </div>
      </div>
    </Page>
  );
}

/** One call: how it was made, each message to the letter, and what came back. */
function Call({ sending, trans }: { sending: Sending; trans: TranslationBundle }): JSX.Element {
  const { what, model, profile, parameters, usage, cost, cached, messages, reply } = sending;
  const settings = Object.entries(parameters).filter(([, value]) => value !== null && String(value) !== '');
  const facts = [
    profile ? `${profile} · ${model}` : model,
    trans.__('%1 tokens sent, %2 written', usage.prompt, usage.completion),
    cost === null ? trans.__('price unknown') : dollars(cost),
    cached ? trans.__('answered from the record') : ''
  ];
  const parts: [string, string][] = [
    ...messages.map(({ role, content }): [string, string] => [role, content]),
    [trans.__('It answered'), reply]
  ];
  return (
    <section cl="block">
      {what && <h3>{what}</h3>}
      <p cl="muted">{spelt(facts.filter(Boolean).join(' · '))}</p>
      {settings.length > 0 && (
        <p cl="muted exact">{settings.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}</p>
      )}
      {parts.map(([name, text], at) => (
        <React.Fragment key={at}>
          <h3>{name}</h3>
          <p cl="mono exact">{spelt(text)}</p>
        </React.Fragment>
      ))}
    </section>
  );
}

function said({ number, title, article, scope, sent, why }: SentArticle, trans: TranslationBundle): string {
  const name = `${number ? `${number}. ` : ''}${spelt(title || article)}`;
  const how = sent ? trans.__('sent: %1', spelt(why)) : trans.__('not sent: %1', spelt(why));
  return `${name} · ${scopeName(scope, trans)} · ${how}`;
}
