// Where places come from: one GeoJSON with everything (grouped here), or groups the server makes for what is on the
// screen. Properties of a point: title, href, state, text, shape (circle|square|triangle|diamond); of a group also
// count, box [west, south, east, north] and, where they lie on one spot, places [{title, href, state}].
import type Feature from 'ol/Feature.js';
import { createEmpty, extend, type Extent } from 'ol/extent.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type Geometry from 'ol/geom/Geometry.js';
import type Point from 'ol/geom/Point.js';
import { transformExtent } from 'ol/proj.js';
import type { Place } from './map-controls';

export async function readGeoJson(
  url: string,
  projection: string,
  signal?: AbortSignal,
): Promise<Feature<Geometry>[]> {
  const answer = await fetch(url, { ...(signal ? { signal } : {}), headers: { Accept: 'application/geo+json' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  // With options given, the old "crs" member is read too: UTM straight from the GIS.
  return new GeoJSON().readFeatures(await answer.json(), { featureProjection: projection }) as Feature<Geometry>[];
}

// `…?bbox=&zoom=` with the screen's box rounded outwards to whole tiles, so that neighbours share a cached answer.
export function clusterAddress(template: string, extent: Extent, projection: string, zoom: number): string {
  const [west, south, east, north] = transformExtent(extent, projection, 'EPSG:4326', 8) as [
    number,
    number,
    number,
    number,
  ];
  const step = 360 / 2 ** zoom;
  const round = (value: number, up: boolean): number =>
    Number(((up ? Math.ceil(value / step) : Math.floor(value / step)) * step).toFixed(6));
  const url = new URL(template, location.href);
  url.searchParams.set(
    'bbox',
    [
      round(west, false),
      Math.max(-85, round(south, false)),
      round(east, true),
      Math.min(85, round(north, true)),
    ].join(),
  );
  url.searchParams.set('zoom', String(zoom));
  return url.href;
}

// What stands behind a marker: its members here (features of OpenLayers' cluster) or one feature of the server.
export function members(feature: Feature<Geometry>): Feature<Geometry>[] {
  return (feature.get('features') as Feature<Geometry>[] | undefined) ?? [feature];
}
export function countOf(feature: Feature<Geometry>): number {
  const inside = members(feature);
  return inside.length > 1 ? inside.length : Number(inside[0]?.get('count') ?? 1);
}
export function placesOf(feature: Feature<Geometry>): Place[] {
  return members(feature)
    .flatMap((one) => {
      const several = one.get('places') as Place[] | undefined;
      return several ?? [one.getProperties() as unknown as Place];
    })
    .filter((place) => place.title);
}
export function extentOf(feature: Feature<Geometry>, projection: string): Extent {
  const box = feature.get('box') as Extent | undefined;
  if (box) return transformExtent(box, 'EPSG:4326', projection, 8);
  const all = createEmpty();
  for (const one of members(feature)) extend(all, (one.getGeometry() as Point).getExtent());
  return all;
}
