/** Endpoints that people have, with the address that each one listens at by default. */
export interface IPreset {
  readonly name: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
}

export const PRESETS: readonly IPreset[] = [
  { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsKey: true },
  { name: 'Ollama', baseUrl: 'http://localhost:11434/v1', needsKey: false },
  { name: 'vLLM', baseUrl: 'http://localhost:8000/v1', needsKey: false },
  { name: 'llama.cpp', baseUrl: 'http://localhost:8080/v1', needsKey: false }
];

/** Scheme and host of an address, or what is wrong with it. */
export function readUrl(text: string): { host: string } | { wrong: 'empty' | 'not-a-url' | 'not-http' } {
  if (!text.trim()) {
    return { wrong: 'empty' };
  }
  try {
    const url = new URL(text.trim());
    return /^https?:$/.test(url.protocol) ? { host: url.host } : { wrong: 'not-http' };
  } catch {
    return { wrong: 'not-a-url' };
  }
}
