import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { Problem } from '../contract';
import { events } from './sse';

/** An error of the server, with its stable code. */
export class ReconstProblem extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number
  ) {
    super(problem.message);
  }
}

/** Speaks to `/reconst/<verb>` through the host's connection, which knows the token, the XSRF cookie and the base URL. */
export class Client {
  readonly #settings: ServerConnection.ISettings;

  constructor(settings: ServerConnection.ISettings) {
    this.#settings = settings;
  }

  /** One answer. Throws ReconstProblem. */
  async call<T>(verb: string, body?: object): Promise<T> {
    const response = await this.#send(verb, body);
    return (await response.json()) as T;
  }

  /** A text to save. Throws ReconstProblem. */
  async text(verb: string, body: object): Promise<string> {
    return (await this.#send(verb, body)).text();
  }

  /** A stream of events; aborting the signal (or leaving the loop) closes it, which stops the model's call. */
  async *stream<T>(verb: string, body: object, signal?: AbortSignal): AsyncGenerator<T> {
    const response = await this.#send(verb, body, signal);
    if (response.body) {
      yield* events<T>(response.body);
    }
  }

  async #send(verb: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const url = URLExt.join(this.#settings.baseUrl, 'reconst', verb);
    const init: RequestInit = body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) };
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, { ...init, signal }, this.#settings);
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new ReconstProblem(UNREACHABLE, 0);
    }
    if (!response.ok) {
      throw new ReconstProblem(await problemOf(response), response.status);
    }
    return response;
  }
}

const UNREACHABLE: Problem = {
  code: 'server_unreachable',
  message: 'The Jupyter server does not answer.',
  remedy: 'Your text is kept here. Check that the server is running, then try again.'
};

async function problemOf(response: Response): Promise<Problem> {
  try {
    const { code, message, remedy } = (await response.json()) as Partial<Problem>;
    if (code && message) {
      return { code, message, remedy: remedy ?? '' };
    }
  } catch {
    // Not ours: a proxy or the host answered.
  }
  return response.status === 404
    ? {
        code: 'server_part_missing',
        message: 'The server part of jupyter_reconst does not answer.',
        remedy: 'Check that the server extension jupyter_reconst is enabled, then restart the server.'
      }
    : {
        code: `http_${response.status}`,
        message: `The server answered ${response.status}.`,
        remedy: 'Your text is kept here. Try again.'
      };
}
