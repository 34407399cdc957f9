/** Two speech bubbles that meet: a parley. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M8 8.5h11a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3h-6l-4.2 3.4v-3.5A3 3 0 0 1 6 15.5v-4a3 3 0 0 1 2-3Z"
        fill="#fff"
      />
      <path
        d="M24 13.3a3 3 0 0 1 2.5 3v3.9a3 3 0 0 1-2.3 2.9v3l-3.7-2.9h-4.6a3 3 0 0 1-2.8-2l.6-.5H19a5 5 0 0 0 5-5Z"
        fill="#fff"
        fillOpacity=".62"
      />
    </svg>
  );
}
