import { classes } from '#app/_ui/classes.ts';
import { personColor } from '#app/_ui/person-color.ts';

/**
 * Somebody's name in their colour. The colour is set by script: a style attribute in the HTML would be refused by
 * the content security policy.
 */
export function PersonName({
  name,
  shown = name,
  nameColor,
  className,
}: {
  /** decides the colour of who has chosen none */
  name: string;
  /** what is written, where they like to be called otherwise */
  shown?: string;
  nameColor: string | null | undefined;
  className?: string;
}) {
  const color = personColor(name, nameColor);
  return (
    <span
      data-colored=""
      ref={(element) => element?.style.setProperty('--person-color', color)}
      className={classes('person-name', className)}
    >
      {shown}
    </span>
  );
}
