/**
 * An OpenAI-compatible endpoint that answers what a test tells it to, and remembers every request it got.
 *
 * It runs in the test's own process: a script is a function of the request, and changes by assignment.
 */
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IMessage {
  role: string;
  content: string;
}

/** What we read of a request; `raw` is every byte of its body. */
export interface IRequest {
  model: string;
  messages: IMessage[];
  stream?: boolean;
  response_format?: { type: string; json_schema?: { name: string; schema: object } };
  raw: string;
  /** The last message, which is what most scripts look at. */
  last: string;
  headers: IncomingMessage['headers'];
}

export interface IReply {
  text: string;
  /** Milliseconds before the first token. */
  wait?: number;
  /** Milliseconds between tokens. */
  pace?: number;
  /** An HTTP status other than 200 is answered at once, with `text` as its message. */
  status?: number;
  finish?: string;
}

export type Script = (request: IRequest) => string | IReply;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

export class Endpoint {
  /** How to answer. */
  script: Script = request => `You said: ${request.last}`;
  /** Every request for a completion, oldest first. */
  readonly requests: IRequest[] = [];
  /** How many calls the client closed before their end, counted when it does. */
  closed = 0;

  static async start(): Promise<Endpoint> {
    const endpoint = new Endpoint();
    await new Promise<void>(resolve => endpoint._server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this._server.address() as AddressInfo).port}/v1`;
  }

  /** Every byte that any request carried. */
  get sent(): string {
    return this.requests.map(request => request.raw).join('\n');
  }

  async stop(): Promise<void> {
    this._server.closeAllConnections();
    await new Promise(resolve => this._server.close(resolve));
  }

  private constructor() {
    this._server = createServer((request, response) => {
      this._answer(request, response).catch((error: Error) => {
        response.destroy(error);
      });
    });
  }

  private async _answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.endsWith('/models')) {
      json(response, 200, { object: 'list', data: [{ id: 'scripted', object: 'model' }] });
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const raw = Buffer.concat(chunks).toString('utf8');
    const body = JSON.parse(raw) as IRequest;
    const asked = { ...body, raw, last: body.messages.at(-1)?.content ?? '', headers: request.headers };
    this.requests.push(asked);
    response.on('close', () => {
      this.closed += response.writableFinished ? 0 : 1;
    });
    const told = this.script(asked);
    const reply: IReply = typeof told === 'string' ? { text: told } : told;
    await sleep(reply.wait ?? 0);
    if (reply.status && reply.status !== 200) {
      json(response, reply.status, { error: { message: reply.text, type: 'scripted' } });
      return;
    }
    const tokens = reply.text.match(/\s*\S+|\s+$/g) ?? [];
    const usage = { prompt_tokens: Math.ceil(raw.length / 4), completion_tokens: tokens.length, total_tokens: 0 };
    const head = { id: `chat-${this.requests.length}`, created: 0, model: body.model };
    if (!body.stream) {
      const message = { role: 'assistant', content: reply.text };
      const choices = [{ index: 0, message, finish_reason: reply.finish ?? 'stop' }];
      json(response, 200, { ...head, object: 'chat.completion', choices, usage });
      return;
    }
    const send = (choices: object[], more: object = {}) =>
      response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const content of tokens) {
      if (response.destroyed) {
        return;
      }
      send([{ index: 0, delta: { content }, finish_reason: null }]);
      if (reply.pace) {
        await sleep(reply.pace);
      }
    }
    send([{ index: 0, delta: {}, finish_reason: reply.finish ?? 'stop' }]);
    send([], { usage });
    response.end('data: [DONE]\n\n');
  }

  private readonly _server: Server;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
