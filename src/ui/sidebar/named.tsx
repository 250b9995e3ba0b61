import type { IState } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { ISidebarProps } from './props';

/** Where it is remembered that a person does not want to say a name. */
const DECLINED = 'name:not-now';

/** Asks once, and keeps nobody from going on, which name stands beside what a person says. */
export function Named(props: Pick<ISidebarProps, 'state' | 'reconst' | 'drafts' | 'trans'>): JSX.Element | null {
  const { state, reconst, drafts, trans } = props;
  const [declined, setDeclined] = React.useState(() => drafts.get(DECLINED) !== '');
  const [name, setName] = React.useState('');
  if (declined || !isNameless(state)) {
    return null;
  }
  const said = name.trim();
  return (
    <form
      cl="named"
      onSubmit={event => {
        event.preventDefault();
        if (said) {
          void reconst.name(said);
        }
      }}
    >
      <div cl="notice">
        <Icon name="person" />
        <div>
          <label htmlFor="reconst-named">
            {trans.__('Which name should stand beside what you correct and ratify? It travels with the notebook.')}
          </label>
          <input
            id="reconst-named"
            type="text"
            cl="field"
            autoComplete="name"
            maxLength={200}
            value={name}
            onChange={event => setName(event.target.value)}
          />
          <div cl="line">
            <Button
              kind="second"
              notYet={said ? undefined : trans.__('Write a name first')}
              onPress={() => void reconst.name(said)}
            >
              {trans.__('Save name')}
            </Button>
            <Button
              onPress={() => {
                drafts.set(DECLINED, 'yes', true);
                setDeclined(true);
              }}
            >
              {trans.__('Not now')}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

/** Something is about to be said, or was said, and no name stands beside it. */
function isNameless({ status, card, preview, placed }: IState): boolean {
  const speaks = card !== null || preview !== null || placed.some(p => !p.annotation.creator.name);
  return status?.named === false && speaks;
}
