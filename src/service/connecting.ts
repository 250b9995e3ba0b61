import type { Probed, Problem, ProfileInput, Profiles, Status } from '../contract';
import { IContext, complain, problemOf, tell } from './context';

/** Milliseconds until a model that could not be named is looked for again. */
const LATER = [1_000, 3_000, 10_000, 30_000];

/** Which model answers, and who asks. Keys go to the server and never come back. */
export class Connecting {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  async refresh(): Promise<void> {
    const { client, store } = this.#context;
    try {
      clearTimeout(this.#timer);
      const status = await client.call<Status>('status');
      store.update({ status, connection: 'ready' });
      const profiles = await client.call<Profiles>('profiles', {});
      store.update({ profiles });
      if (status.model || !profiles.chosen) {
        this.#looks = 0;
      } else if (this.#looks < LATER.length) {
        // An endpoint that has not said in time which model it has.
        this.#timer = setTimeout(() => void this.refresh(), LATER[this.#looks++]);
      }
    } catch (error) {
      if (problemOf(error).code === 'server_part_missing') {
        store.update({ connection: 'missing' });
      } else {
        complain(store, error);
      }
    }
  }

  async connect(profile: ProfileInput, key: string | null): Promise<Problem | null> {
    const { client, store, trans } = this.#context;
    try {
      const profiles = await client.call<Profiles>('connect', { profile, key, choose: true });
      store.update({ profiles });
      tell(store, trans.__('%1 is connected.', profile.name));
      await this.refresh();
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  async probe(base_url: string, key: string | null, profile: string | null): Promise<Probed | null> {
    const { client, store } = this.#context;
    try {
      return await client.call<Probed>('try', { base_url, key, profile });
    } catch (error) {
      return complain(store, error);
    }
  }

  disconnect(profile: string): Promise<void> {
    return this.#profiles('disconnect', { profile });
  }

  choose(profile: string, model: string | null): Promise<void> {
    return this.#profiles('choose', { profile, model });
  }

  async name(name: string): Promise<void> {
    const { client, store } = this.#context;
    try {
      store.update({ status: await client.call<Status>('name', { name }) });
    } catch (error) {
      complain(store, error);
    }
  }

  async #profiles(verb: string, body: object): Promise<void> {
    const { client, store } = this.#context;
    try {
      store.update({ profiles: await client.call<Profiles>(verb, body) });
      await this.refresh();
    } catch (error) {
      complain(store, error);
    }
  }

  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
}
