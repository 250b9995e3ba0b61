import type { Probed, Problem, ProfileInput, Profiles, Status } from '../../contract';
import type { TranslationBundle } from '../parts/props';

/** What is known of the models, and what may be done with them. */
export interface IConnectProps {
  readonly profiles: Profiles | null;
  readonly status: Status | null;
  readonly trans: TranslationBundle;
  readonly onTry: (baseUrl: string, key: string | null, profile: string | null) => Promise<Probed | null>;
  readonly onSave: (profile: ProfileInput, key: string | null) => Promise<Problem | null>;
  readonly onChoose: (profile: string) => void;
  readonly onRemove: (profile: string) => void;
  readonly onName: (name: string) => void;
}
