import type { Draft } from '../../contract';
import * as React from '../react';
import { Choice } from '../parts/choice';
import { Diff, pieces } from '../parts/diff';
import { Field } from '../parts/field';
import type { TranslationBundle } from '../parts/props';
import { SourceField } from '../parts/source';

export interface IWordingProps {
  readonly draft: Draft;
  readonly reach: 'case' | 'kind' | null;
  /** The article that it revises. */
  readonly before: Draft | null;
  /** A rule of one's own needs a title too. */
  readonly titled?: boolean;
  readonly trans: TranslationBundle;
  readonly onReword: (draft: Partial<Draft>) => void;
}

/** The wording of a rule, to be edited in place. */
export function Wording(props: IWordingProps): JSX.Element {
  const { draft, before, trans, onReword } = props;
  const fact = draft.kind === 'knowledge';
  const reach = fact ? null : props.reach;
  const then = fact ? trans.__('Fact') : trans.__('Then');
  return (
    <>
      <dl cl="law">
        {props.titled && <dt>{trans.__('Title')}</dt>}
        {props.titled && (
          <dd>
            <Field
              label={trans.__('Title')}
              value={draft.title}
              maxLength={200}
              placeholder={trans.__('a few words to call it by')}
              onChange={title => onReword({ title: title.replace(/\n/g, ' ') })}
            />
          </dd>
        )}
        <dt>{trans.__('When')}</dt>
        <dd>
          <Field
            label={trans.__('When')}
            value={draft.when}
            maxLength={4000}
            placeholder={fact ? '' : trans.__('how to notice the problem')}
            onChange={when => onReword({ when })}
          />
        </dd>
        <dt>{then}</dt>
        <dd>
          <Field
            label={then}
            value={draft.then}
            rows={2}
            maxLength={4000}
            placeholder={fact ? '' : trans.__('what to do instead')}
            onChange={then => onReword({ then })}
          />
        </dd>
        {fact && <dt>{trans.__('Source')}</dt>}
        {fact && (
          <dd>
            <SourceField
              label={trans.__('Source')}
              value={draft.source}
              trans={trans}
              onChange={source => onReword({ source })}
            />
          </dd>
        )}
        <dt>{trans.__('Why')}</dt>
        <dd>
          <Field
            label={trans.__('Why')}
            value={draft.why}
            maxLength={4000}
            placeholder={trans.__('for people; not needed')}
            onChange={why => onReword({ why })}
          />
        </dd>
        {reach && <dt cl="reach">{trans.__('Reach')}</dt>}
        {reach && (
          <dd cl="reach w">
            {reach === 'kind' ? trans.__('any turn of this kind') : trans.__('only turns like this one')}
          </dd>
        )}
        <dt cl="reach">{trans.__('Sent')}</dt>
        <dd cl="reach">
          <Choice
            label={trans.__('Sent')}
            value={draft.always ? 'always' : 'fits'}
            options={[
              { value: 'always', label: trans.__('Always') },
              { value: 'fits', label: trans.__('When it fits') }
            ]}
            onChange={value => onReword({ always: value === 'always' })}
          />
        </dd>
      </dl>
      {before && (before.when !== draft.when || before.then !== draft.then) && (
        <p cl="change">
          <span cl="muted">{trans.__('Changes:')}</span>{' '}
          {before.when !== draft.when && <Diff pieces={pieces(before.when, draft.when)} trans={trans} />}
          {before.when !== draft.when && before.then !== draft.then && ' · '}
          {before.then !== draft.then && <Diff pieces={pieces(before.then, draft.then)} trans={trans} />}
        </p>
      )}
    </>
  );
}
