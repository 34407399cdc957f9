'use client';

import { MapPinOff } from 'lucide-react';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { HOME } from '#app/chat/_shell/place.ts';

/** A place that does not exist, or that I may not see: the two look the same. */
export function NotFoundHere() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState icon={<MapPinOff size={32} aria-hidden="true" />} title="There is nothing here">
        It may have been renamed or removed, or it is not open to you.{' '}
        <AppLink href={HOME} className="font-medium text-accent-ink underline-offset-4 hover:underline">
          Go home
        </AppLink>
      </EmptyState>
    </>
  );
}
