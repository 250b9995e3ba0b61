/** The library: what a person brought to read. */
import type { CollectEvent, Consulted, Shelves } from '../contract';

/** What a person can do with it. Failures are shown as a notice; what was asked for is null then. */
export interface ILibrary {
  shelves(): Promise<Shelves | null>;
  /** Add a file or folder, or none with an empty path, and read what is new. Aborting stops it after a file. */
  collect(path: string, signal: AbortSignal): AsyncGenerator<CollectEvent>;
  /** Take a source out. */
  discard(path: string): Promise<Shelves | null>;
  consult(words: string): Promise<Consulted | null>;
}
