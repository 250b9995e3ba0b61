import type { Profile } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Confirm, IQuestion } from '../parts/confirm';
import type { IConnectProps } from './props';
import { readUrl } from './presets';

/** The models known here: choose one, change it, or remove it with its key. */
export function ProfileList(props: IConnectProps & { onEdit: (profile: Profile) => void }): JSX.Element {
  const { profiles, trans } = props;
  const [question, setQuestion] = React.useState<IQuestion | null>(null);
  const all = profiles?.profiles ?? [];
  return (
    <Block title={trans.__('Models')}>
      {all.length === 0 && <p cl="muted">{trans.__('None yet.')}</p>}
      {question && <Confirm question={question} trans={trans} onClose={() => setQuestion(null)} />}
      <ul>
        {all.map(profile => (
          <li key={profile.name} cl="item">
            <input
              type="radio"
              name="reconst-profile"
              id={`reconst-profile-${profile.name}`}
              checked={profiles?.chosen === profile.name}
              onChange={() => props.onChoose(profile.name)}
            />
            <div>
              <label htmlFor={`reconst-profile-${profile.name}`}>
                <b>{profile.name}</b>
              </label>
              <p cl="muted">{about(profile)}</p>
              {profile.embedded && (
                <p>{trans.__('A small model that shows how it works; connect a real one for real work.')}</p>
              )}
              {profile.warning && (
                <p>
                  <Icon name="warn" tone="warn" /> {profile.warning}
                </p>
              )}
              {profile.editable && !profile.embedded && (
                <div cl="line">
                  <Button onPress={() => props.onEdit(profile)}>{trans.__('Edit')}</Button>
                  <Button
                    onPress={() =>
                      setQuestion({
                        text: trans.__('Remove %1 and its key from the server?', profile.name),
                        verb: trans.__('Remove'),
                        run: () => props.onRemove(profile.name)
                      })
                    }
                  >
                    {trans.__('Remove')}
                  </Button>
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Block>
  );

  function about(profile: Profile): string {
    const url = readUrl(profile.base_url);
    return [
      profile.model || trans.__('no model chosen'),
      'host' in url ? url.host : trans.__('on this computer'),
      profile.has_key ? trans.__('key stored') : '',
      profile.editable || profile.embedded ? '' : trans.__('set by the operator')
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
