import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import { ApiError } from './errors';
import type { components } from './schema';

type Schemas = components['schemas'];

/** How somebody spoke, in numbers. */
export type Delivery = Schemas['DeliveryBody'];

/** One number, or why there is none. */
export type Measure = Schemas['DeliveryMeasureBody'];

/** A place that is worth listening to again, ms of the recording. */
export type DeliveryMoment = Schemas['DeliveryMomentBody'];

/** How often it is asked for numbers that are being worked out, ms. */
const PENDING_POLL_MS = 1_000;

/** How somebody spoke; null where the server has nothing of the kind. For practice alone. */
export function useDelivery(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['delivery', id],
    queryFn: async (): Promise<Delivery | null> => {
      try {
        return await request<Delivery>(`/api/sessions/${id}/delivery`);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    enabled,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? PENDING_POLL_MS : false),
  });
}
