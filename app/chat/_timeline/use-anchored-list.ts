'use client';

import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { estimateHeight } from '#app/chat/_timeline/estimate-height.ts';
import type { Row } from '#app/chat/_timeline/rows.ts';

/** Closer to the end than this counts as reading the newest message, which the list then follows. */
export const AT_END_PX = 80;

/** How much of what stands above stays in view when the list goes to a row. */
const CONTEXT_PX = 48;
/** Until the list is in the document. */
const USUAL_WIDTH = 1_000;

/**
 * A list that only draws the rows in view and holds on to what is being read: older rows can come above, rows can
 * grow, and the text under the eye stays where it is. Positions are written by script into the elements' style
 * objects; the content security policy refuses style attributes in HTML.
 */
export function useAnchoredList(
  rows: readonly Row[],
  scroller: RefObject<HTMLDivElement | null>,
  /** a row that stays in the document wherever one scrolls, because somebody is writing in it; -1 for none */
  keptIndex: number,
  piece: {
    /** pixels above the first row, where older ones are still to come */
    roomAbove: number;
    /** the last row is not the newest message */
    hasNewer: boolean;
  },
) {
  // The page that completes the piece must not be followed either: so what counts is how it was before.
  const hadNewer = useRef(piece.hasNewer);
  useEffect(() => {
    hadNewer.current = piece.hasNewer;
  }, [piece.hasNewer]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (keptIndex < 0 || shown.includes(keptIndex)) return shown;
      return [...shown, keptIndex].sort((a, b) => a - b);
    },
    [keptIndex],
  );
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(rows[index], scroller.current?.clientWidth ?? USUAL_WIDTH),
    getItemKey: (index) => rows[index]?.key ?? index,
    rangeExtractor,
    anchorTo: 'end',
    followOnAppend: !hadNewer.current && !piece.hasNewer,
    scrollEndThreshold: AT_END_PX,
    overscan: 12,
    paddingStart: piece.roomAbove,
    paddingEnd: 8,
    scrollPaddingStart: CONTEXT_PX,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    useFlushSync: false,
  });

  list.shouldAdjustScrollPositionOnItemSizeChange = movesWhatIsRead;

  // The composer grows and keyboards open: the end stays in view if it was.
  const wasAtEnd = useRef(true);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      wasAtEnd.current = list.isAtEnd(AT_END_PX);
    };
    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) list.scrollToEnd();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [list, scroller]);

  return list;
}

type List = Virtualizer<HTMLDivElement, Element>;

/**
 * Whether the scroll position has to follow a row's new height. By default it doesn't for a row that was measured
 * before, on the way up: but that is when the first row of a page loses its dividers to the page above it.
 */
function movesWhatIsRead(row: VirtualItem, _delta: number, list: List): boolean {
  const offset = list.scrollOffset ?? 0;
  const isFirstMeasure = !list.itemSizeCache.has(row.key);
  return isFirstMeasure ? row.start < offset : row.end <= offset;
}
