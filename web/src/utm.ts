// UTM 32N/33N on ETRS89 – the grid of German offices – from OpenLayers' own formulas instead of proj4 (43 kB saved;
// within 3.5 mm over all of Germany, because ETRS89 and WGS84 are the same for a map).
import { addCoordinateTransforms, addProjection, get, getTransform } from 'ol/proj.js';
import Projection from 'ol/proj/Projection.js';

export function addUtm(): void {
  if (get('EPSG:25832')) return;
  for (const zone of [32, 33]) {
    const utm = new Projection({
      code: `EPSG:258${zone}`,
      units: 'm',
      axisOrientation: 'enu',
      extent: [-500000, 4500000, 1600000, 6800000],
      worldExtent: [0, 40, 24, 60],
    });
    addProjection(utm);
    for (const from of ['EPSG:4326', 'EPSG:3857']) {
      addCoordinateTransforms(
        from,
        utm,
        getTransform(from, `EPSG:326${zone}`)!,
        getTransform(`EPSG:326${zone}`, from)!,
      );
    }
  }
}
