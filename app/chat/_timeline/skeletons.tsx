const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2', 'w-2/3', 'w-5/6', 'w-1/3'] as const;

/** Stands where messages will be, as tall as they are. */
export function Skeletons({ count }: { count: number }) {
  const shapes = Array.from({ length: count }, (_, at) => ({ id: at, width: WIDTHS[at % WIDTHS.length] }));
  return (
    <div aria-hidden="true" className="appear-late">
      {shapes.map(({ id, width }) => (
        <div key={id} className="flex gap-3 px-5 py-2">
          <div className="skeleton size-9 shrink-0" />
          <div className="flex-1 pt-1">
            <div className="skeleton h-3.5 w-32" />
            <div className={`skeleton mt-2 h-3.5 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
