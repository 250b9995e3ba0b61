import type { Probed, Problem, Profile, ProfileInput } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Labelled } from '../parts/labelled';
import type { TranslationBundle } from '../parts/props';
import { PRESETS, readUrl } from './presets';

export interface IFormProps {
  /** The profile being changed; null writes a new one. */
  readonly edited: Profile | null;
  readonly taken: readonly string[];
  readonly trans: TranslationBundle;
  readonly onTry: (baseUrl: string, key: string | null, profile: string | null) => Promise<Probed | null>;
  readonly onSave: (profile: ProfileInput, key: string | null) => Promise<Problem | null>;
  readonly onNew: () => void;
}

/** An endpoint, tried before it is saved. The key goes to the server and is never shown again. */
export function Form(props: IFormProps): JSX.Element {
  const { edited, trans } = props;
  const [name, setName] = React.useState(edited?.name ?? '');
  const [baseUrl, setBaseUrl] = React.useState(edited?.base_url ?? '');
  const [key, setKey] = React.useState('');
  const [model, setModel] = React.useState(edited?.model ?? '');
  const [timeout, setTimeout] = React.useState(String(edited?.timeout ?? 60));
  const [context, setContext] = React.useState(edited?.context ? String(edited.context) : '');
  const [tried, setTried] = React.useState<Probed | null>(null);
  const [busy, setBusy] = React.useState(false);
  const [problem, setProblem] = React.useState<Problem | null>(null);

  const url = readUrl(baseUrl);
  const stored = edited?.has_key ?? false;
  const wrongUrl = 'wrong' in url && url.wrong !== 'empty';
  const given = key === '' ? null : key;
  const unready = 'wrong' in url ? trans.__('Give the address first') : busy ? trans.__('One moment') : undefined;
  const test = async () => {
    setBusy(true);
    setTried(null);
    const found = await props.onTry(baseUrl.trim(), given, stored && given === null ? (edited?.name ?? null) : null);
    setTried(found);
    setBusy(false);
    // Of several it is the person's to choose: they cost different things.
    if (found?.ok && !model && found.models.length === 1) {
      setModel(found.models[0]);
    }
  };
  const save = async () => {
    setBusy(true);
    const seconds = Number(timeout);
    const tokens = Math.floor(Number(context));
    const profile: ProfileInput = {
      name: name.trim() || ('host' in url ? url.host : ''),
      base_url: baseUrl.trim(),
      model: model.trim(),
      timeout: Number.isFinite(seconds) && seconds > 0 ? seconds : 60,
      context: tokens > 0 ? tokens : null,
      ...(edited && { at_once: edited.at_once })
    };
    const found = await props.onSave(profile, given);
    setProblem(found);
    setBusy(false);
    if (!found) {
      setKey('');
    }
  };
  return (
    <form
      cl="form"
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault();
        if (!unready && model.trim()) {
          void save();
        }
      }}
    >
      <h3>{edited ? trans.__('Change %1', edited.name) : trans.__('Add a model')}</h3>
      {!edited && (
        <div cl="line presets" role="group" aria-label={trans.__('Endpoints')}>
          {PRESETS.map(preset => (
            <Button
              key={preset.name}
              kind="second"
              pressed={baseUrl === preset.baseUrl}
              onPress={() => {
                setBaseUrl(preset.baseUrl);
                setName(props.taken.includes(preset.name) ? '' : preset.name);
                setTried(null);
              }}
            >
              {preset.name}
            </Button>
          ))}
          <Button
            kind="second"
            pressed={baseUrl !== '' && !PRESETS.some(p => p.baseUrl === baseUrl)}
            onPress={() => {
              setBaseUrl('https://');
              setName('');
              setTried(null);
            }}
          >
            {trans.__('Other')}
          </Button>
        </div>
      )}
      <Labelled id="reconst-connect-url" label={trans.__('Address')} note={trans.__('the base URL, up to /v1')}>
        <input
          id="reconst-connect-url"
          type="text"
          inputMode="url"
          spellCheck={false}
          className={wrongUrl ? 'jp-reconst-field jp-reconst-bad' : 'jp-reconst-field'}
          aria-invalid={wrongUrl || undefined}
          value={baseUrl}
          placeholder="http://localhost:8000/v1"
          onChange={event => {
            setBaseUrl(event.target.value);
            setTried(null);
          }}
        />
        {wrongUrl && (
          <p cl="below">
            <Icon name="warn" tone="warn" /> {trans.__('An address begins with http:// or https://.')}
          </p>
        )}
      </Labelled>
      <Labelled
        id="reconst-connect-key"
        label={trans.__('Key')}
        note={trans.__('stored on the server, 0600; never shown again')}
      >
        <input
          id="reconst-connect-key"
          type="password"
          autoComplete="new-password"
          cl="field"
          value={key}
          placeholder={stored ? trans.__('a key is stored; leave empty to keep it') : trans.__('none')}
          onChange={event => setKey(event.target.value)}
        />
      </Labelled>
      <div cl="line">
        <Button kind="second" notYet={unready} onPress={() => void test()}>
          {trans.__('Test')}
        </Button>
        <Tried tried={tried} busy={busy} trans={trans} />
      </div>
      <Labelled id="reconst-connect-model" label={trans.__('Model')} note={trans.__('as the endpoint calls it')}>
        <input
          id="reconst-connect-model"
          type="text"
          spellCheck={false}
          cl="field"
          list="reconst-connect-models"
          value={model}
          onChange={event => setModel(event.target.value)}
        />
        <datalist id="reconst-connect-models">
          {(tried?.models ?? []).map(found => (
            <option key={found} value={found} />
          ))}
        </datalist>
      </Labelled>
      <div cl="line pairs">
        <Labelled id="reconst-connect-name" label={trans.__('Call it')}>
          <input
            id="reconst-connect-name"
            type="text"
            cl="field"
            maxLength={200}
            disabled={edited !== null}
            value={name}
            placeholder={'host' in url ? url.host : ''}
            onChange={event => setName(event.target.value)}
          />
        </Labelled>
        <Labelled id="reconst-connect-timeout" label={trans.__('Wait')} note={trans.__('seconds without a word')}>
          <input
            id="reconst-connect-timeout"
            type="text"
            inputMode="numeric"
            cl="field"
            value={timeout}
            onChange={event => setTimeout(event.target.value)}
          />
        </Labelled>
        <Labelled
          id="reconst-connect-context"
          label={trans.__('Context')}
          note={trans.__('tokens; empty: as the endpoint says')}
        >
          <input
            id="reconst-connect-context"
            type="text"
            inputMode="numeric"
            cl="field"
            value={context}
            onChange={event => setContext(event.target.value)}
          />
        </Labelled>
      </div>
      {problem && (
        <p>
          <Icon name="warn" tone="warn" /> <b>{problem.message}</b> {problem.remedy}
        </p>
      )}
      <div cl="line">
        <Button
          kind="primary"
          notYet={unready ?? (model.trim() ? undefined : trans.__('Choose a model first'))}
          onPress={() => void save()}
        >
          {trans.__('Save and use')}
        </Button>
        {edited && <Button onPress={props.onNew}>{trans.__('Leave it')}</Button>}
        <span cl="muted">{unready ?? (model.trim() ? '' : trans.__('Choose a model first'))}</span>
      </div>
    </form>
  );
}

function Tried(props: { tried: Probed | null; busy: boolean; trans: TranslationBundle }): JSX.Element | null {
  const { tried, trans } = props;
  return (
    <span role="status">
      {props.busy && trans.__('Asking the endpoint')}
      {tried?.ok && (
        <>
          <Icon name="done" tone="good" />{' '}
          {tried.models.length > 0
            ? trans._n('It answers, with %1 model.', 'It answers, with %1 models.', tried.models.length)
            : trans.__('It answers, but lists no models; type the name.')}
        </>
      )}
      {tried && !tried.ok && (
        <>
          <Icon name="warn" tone="warn" /> {tried.problem?.message} {tried.problem?.remedy}
        </>
      )}
    </span>
  );
}
