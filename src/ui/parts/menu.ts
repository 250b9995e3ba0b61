import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

/** A line of a menu; null draws a rule. */
export type MenuLine = { readonly label: string; readonly run: () => void; readonly notYet?: boolean } | null;

/** Open a menu below a button; the keyboard returns to the button when it closes without an act. */
export function showMenu(anchor: HTMLElement, lines: readonly MenuLine[]): Menu {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  lines.forEach((line, index) => {
    if (!line) {
      menu.addItem({ type: 'separator' });
      return;
    }
    const command = `line-${index}`;
    commands.addCommand(command, { label: line.label, execute: line.run, isEnabled: () => !line.notYet });
    menu.addItem({ command });
  });
  const box = anchor.getBoundingClientRect();
  menu.aboutToClose.connect(() => anchor.focus());
  menu.open(box.left, box.bottom);
  return menu;
}
