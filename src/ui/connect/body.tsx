import type { Profile } from '../../contract';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Page } from '../parts/page';
import { Form } from './form';
import type { IConnectProps } from './props';
import { ProfileList } from './profiles';

/** Which model answers. */
export function Connect(props: IConnectProps): JSX.Element {
  const { profiles, status, trans } = props;
  const [edited, setEdited] = React.useState<Profile | null>(null);
  return (
    <Page
      title={trans.__('Connect a model')}
      lede={trans.__('Any endpoint that speaks the OpenAI protocol. Nothing is sent before you ask.')}
    >
      <div cl="cols wide-first">
        <Form
          key={edited?.name ?? ''}
          edited={edited}
          taken={(profiles?.profiles ?? []).map(p => p.name)}
          trans={trans}
          onTry={props.onTry}
          onSave={async (profile, key) => {
            const problem = await props.onSave(profile, key);
            if (!problem) {
              setEdited(null);
            }
            return problem;
          }}
          onNew={() => setEdited(null)}
        />
        <div>
          <ProfileList {...props} onEdit={setEdited} />
          <NameBox key={status?.person.name ?? ''} {...props} />
        </div>
      </div>
    </Page>
  );
}

function NameBox({ status, trans, onName }: IConnectProps): JSX.Element {
  const [name, setName] = React.useState(status?.person.name ?? '');
  const same = name.trim() === (status?.person.name ?? '') && status?.named;
  return (
    <Block title={trans.__('Your name')}>
      <label cl="muted" htmlFor="reconst-name">
        {trans.__('Shown beside what you ratify; it travels with the notebook.')}
      </label>
      <input
        id="reconst-name"
        type="text"
        cl="field"
        maxLength={200}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <div cl="line">
        <Button
          kind="second"
          notYet={!name.trim() || same ? trans.__('Change the name first') : undefined}
          onPress={() => onName(name.trim())}
        >
          {trans.__('Save name')}
        </Button>
      </div>
    </Block>
  );
}
