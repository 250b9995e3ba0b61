/** Every state of the screen that the gallery draws. */
export * from './impacts';
export * from './previews';
export * from './scoping';
export * from './sharing';
export * from './states';
export * from './citing';
export * from './telling';
export * from './variants';
