/** Let the browser keep a text as a file. */
export function save(text: string, type: string, file: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  // The browser reads it after this: it is let go of later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
