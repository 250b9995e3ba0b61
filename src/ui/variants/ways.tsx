import type { Article, Profile, TurnRecord, Variants } from '../../contract';
import type { Otherwise } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import type { TranslationBundle } from '../parts/props';
import { estimateOf } from '../parts/words';

export interface IWaysProps {
  readonly busy: boolean;
  readonly profiles: readonly Profile[];
  readonly styles: readonly string[];
  /** The articles in force that are switched on. */
  readonly articles: readonly Article[];
  /** What was typed and not asked. */
  readonly draft: string;
  readonly trans: TranslationBundle;
  readonly onDraft: (text: string) => void;
  readonly onWeigh: (ways: readonly Otherwise[]) => Promise<Variants | null>;
  readonly onAsk: (ways: readonly Otherwise[]) => void;
  readonly onStop: () => void;
}

/** Milliseconds without a change before it is said what asking takes. */
const SETTLED = 300;

/** How to ask it otherwise: how often, by which model, in which style and words, with and without which articles. */
export function Ways(props: IWaysProps & { shown: TurnRecord }): JSX.Element {
  const { shown, trans, busy } = props;
  const [times, setTimes] = React.useState('1');
  const [profile, setProfile] = React.useState('');
  const [model, setModel] = React.useState('');
  const [style, setStyle] = React.useState('');
  const [prompt, setPrompt] = React.useState(props.draft || shown.prompt);
  const [chosen, setChosen] = React.useState<Readonly<Record<string, boolean>>>({});
  const [weighed, setWeighed] = React.useState<Variants | null>(null);
  const way: Otherwise = {
    prompt: prompt.trim() && prompt !== shown.prompt ? prompt : null,
    profile: profile || null,
    model: model.trim() || null,
    style: style || null,
    with: Object.keys(chosen).filter(id => chosen[id]),
    without: Object.keys(chosen).filter(id => !chosen[id])
  };
  const ways = Array<Otherwise>(Number(times)).fill(way);
  const about = JSON.stringify(ways);
  const { onWeigh } = props;
  React.useEffect(() => {
    const timer = setTimeout(() => void onWeigh(JSON.parse(about)).then(setWeighed), SETTLED);
    return () => clearTimeout(timer);
  }, [about, shown.turn, onWeigh]);
  const pick = (label: string, value: string, set: (value: string) => void, options: readonly string[][]) => (
    <label cl="way">
      <span>{label}</span>
      <select value={value} onChange={event => set(event.target.value)}>
        {options.map(([value, said]) => (
          <option key={value} value={value}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
  const same = ['', trans.__('as it was')];
  return (
    <section cl="block" aria-label={trans.__('Ask it other ways')}>
      <h3>{trans.__('Ask it other ways')}</h3>
      {pick(
        trans.__('How often'),
        times,
        setTimes,
        ['1', '2', '3', '4', '5'].map(n => [n, n])
      )}
      {pick(trans.__('Profile'), profile, setProfile, [
        same,
        ...props.profiles.map(({ name, model }) => [name, model ? `${name}: ${model}` : name])
      ])}
      <label cl="way">
        <span>{trans.__('Model by name')}</span>
        <input value={model} onChange={event => setModel(event.target.value)} />
      </label>
      {props.styles.length > 0 &&
        pick(trans.__('Style'), style, setStyle, [
          same,
          ['none', trans.__('none')],
          ...props.styles.map(name => [name, name])
        ])}
      <p>{trans.__('In these words')}</p>
      <Field
        label={trans.__('In these words')}
        rows={3}
        value={prompt}
        onChange={text => {
          setPrompt(text);
          props.onDraft(text === shown.prompt ? '' : text);
        }}
      />
      {props.articles.length > 0 && <p>{trans.__('With these articles')}</p>}
      {props.articles.map(({ id, title }) => {
        const sent = shown.applied?.some(a => a.article === id && a.sent) ?? false;
        return (
          <label key={id} cl="way">
            <span>{title}</span>
            <input
              type="checkbox"
              checked={chosen[id] ?? sent}
              onChange={({ target: { checked } }) => {
                const others = Object.entries(chosen).filter(([other]) => other !== id);
                setChosen(Object.fromEntries(checked === sent ? others : [...others, [id, checked]]));
              }}
            />
          </label>
        );
      })}
      <div cl="line">
        <span cl="muted">{weighed && (weighed.problem?.message ?? estimateOf(weighed, trans))}</span>
        <span cl="sp" />
        {busy ? (
          <Button kind="second" onPress={props.onStop}>
            {trans.__('Stop')}
          </Button>
        ) : (
          <Button kind="primary" onPress={() => props.onAsk(ways)}>
            {trans.__('Ask')}
          </Button>
        )}
      </div>
    </section>
  );
}
