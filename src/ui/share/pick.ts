/** Have a person choose a file of their computer. */
export function pick(take: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.md,.mdc,.txt,.ipynb';
  input.onchange = () => first(input.files, take);
  input.click();
}

/** Take a file that is dropped on an element; while one is over it, it says so. */
export function takeDrops(node: HTMLElement, take: (file: File) => void): void {
  const over = (event: DragEvent): void => {
    const files = event.dataTransfer?.types.includes('Files') ?? false;
    node.classList.toggle('jp-reconst-dropping', files && event.type === 'dragover');
    if (files) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  node.addEventListener('dragover', over);
  node.addEventListener('dragleave', over);
  node.addEventListener('drop', event => {
    over(event);
    first(event.dataTransfer?.files, take);
  });
}

function first(files: ArrayLike<File> | null | undefined, take: (file: File) => void): void {
  if (files?.length) {
    take(files[0]);
  }
}
