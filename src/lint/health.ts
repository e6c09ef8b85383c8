import { wordsOf } from '../model/service.js';
import { get, isTrue, placeOfValue } from '../model/value.js';
import type { Span } from '../source/source.js';
import { knownImage } from './known-image.js';
import type { ServiceSubject } from './subjects.js';

/** What tells whether a service is healthy, for people, and where it stands or, for one in an image, where the service does. */
export type HealthCheck = { readonly what: string; readonly at: Span | undefined };

/** The health check of a service: its own, its Dockerfile's, or the one in its image; undefined where none is known. */
export const healthCheckOf = (service: ServiceSubject): HealthCheck | undefined => {
  const { value, dockerfile, key } = service;
  const own = get(value, 'healthcheck');
  if (own) {
    const disabled = get(own, 'disable');
    const isOff = isTrue(disabled) || wordsOf(get(own, 'test'))[0]?.value === 'NONE';
    return isOff ? undefined : { what: 'its health check', at: placeOfValue(own) };
  }
  if (get(value, 'build') && dockerfile()?.stage?.hasHealthcheck)
    return { what: 'the HEALTHCHECK of its Dockerfile', at: key };
  // An image that is built inherits the one of the image that it is built on.
  return knownImage(service)?.facts.hasHealthcheck ? { what: 'the health check in its image', at: key } : undefined;
};

/** Whether a service is built by a Dockerfile that cannot be seen from here. */
export const isBuiltUnseen = ({ value, dockerfile }: ServiceSubject): boolean =>
  get(value, 'build') !== undefined && !dockerfile()?.stage;

/** Whether a service without a known health check may still have one: in an image or a Dockerfile that cannot be seen from here. */
export const mayBeChecked = (service: ServiceSubject): boolean =>
  !get(service.value, 'healthcheck') && (isBuiltUnseen(service) || knownImage(service) === undefined);
