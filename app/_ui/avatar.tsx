import { classes } from '#app/_ui/classes.ts';
import { initials, needsDarkInk, personColor } from '#app/_ui/person-color.ts';
import { PresenceDot, type PresenceShown } from '#app/_ui/presence-dot.tsx';

const sizes = {
  tiny: 'size-5',
  small: 'size-6',
  medium: 'size-9',
  large: 'size-24',
} as const;

export type AvatarProps = {
  name: string;
  nameColor: string | null | undefined;
  /** name of the stored picture; it changes with every upload, so it can stand for its version */
  avatarFile: string | null | undefined;
  size?: keyof typeof sizes;
  presence?: PresenceShown;
  className?: string;
};

/** Somebody's picture, or their initials on their colour. Decoration: the name stands beside it. */
export function Avatar({ name, nameColor, avatarFile, size = 'medium', presence, className }: AvatarProps) {
  return (
    <span className={classes('relative inline-block shrink-0', sizes[size], className)} aria-hidden="true">
      {avatarFile ? (
        // next/image would re-encode what is 128 px small and only served to those who are signed in
        <img
          src={`/avatar/${encodeURIComponent(name)}?v=${avatarFile.slice(0, 8)}`}
          alt=""
          width={96}
          height={96}
          loading="lazy"
          decoding="async"
          className="size-full rounded-control bg-pressed object-cover"
        />
      ) : (
        <Initials name={name} nameColor={nameColor} />
      )}
      {presence && (
        <PresenceDot state={presence} className="absolute -right-0.5 -bottom-0.5 ring-2 ring-sunken" />
      )}
    </span>
  );
}

/**
 * The colour is the SVG's, whose fill is an attribute of its own and no inline style. The letters are drawn by CSS:
 * as text they would count as part of the visible label of whatever link they stand in.
 */
function Initials({ name, nameColor }: { name: string; nameColor: string | null | undefined }) {
  const color = personColor(name, nameColor);
  return (
    <span className="@container relative block size-full">
      <svg viewBox="0 0 36 36" className="size-full rounded-control" aria-hidden="true">
        <rect width="36" height="36" fill={color} />
      </svg>
      <span
        data-initials={initials(name)}
        className={classes(
          'absolute inset-0 flex items-center justify-center text-[41.6667cqw] leading-none font-semibold before:content-[attr(data-initials)]',
          needsDarkInk(color) ? 'text-[#10131a]' : 'text-white',
        )}
      />
    </span>
  );
}
