/**
 * What the rooms know of each other: interfaces and tokens, nothing that draws or fetches.
 *
 * State holds (`IStore`), the service does (`IReconst`), the notebook rooms touch the document (`INotebooks`), and the
 * panels get state and actions as props.
 */
export * from './acts';
export * from './agreeing';
export * from './arguing';
export * from './library';
export * from './notebooks';
export * from './panels';
export * from './previewing';
export * from './sharing';
export * from './state';
export * from './citing';
export * from './telling';
export * from './varying';
export * from './wiki';
