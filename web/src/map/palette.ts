/** The colours of the base map. It stays quiet, so that the marks on it speak. */
export interface Palette {
  ground: string
  land: Record<string, string>
  water: string
  building: string
  buildingLine: string
  road: Record<string, string>
  casing: string
  rail: string
  label: string
  roadLabel: string
  waterLabel: string
  halo: string
  accent: string
  panel: string
  text: string
  danger: string
}

const light: Palette = {
  ground: '#f4f3ef',
  land: {
    residential: '#eeece6',
    commercial: '#f3ebe4',
    industrial: '#e9e7ea',
    green: '#d5e8cd',
    sport: '#d9ead9',
    school: '#f1ecd8',
    hospital: '#f6e3e2',
    square: '#ebe9e2',
  },
  water: '#a9d0e6',
  building: '#e2ded5',
  buildingLine: '#d2cdc2',
  road: { trunk: '#fbd99a', primary: '#fdebb8', secondary: '#fffdf2', default: '#ffffff', path: '#f5efe6' },
  casing: '#d5d0c5',
  rail: '#b9b4ab',
  label: '#3c4552',
  roadLabel: '#5a6270',
  waterLabel: '#2f6785',
  halo: '#ffffff',
  accent: '#1a59f8',
  panel: '#ffffff',
  text: '#1b2330',
  danger: '#c62828',
}

const dark: Palette = {
  ground: '#0d1524',
  land: {
    residential: '#111a2a',
    commercial: '#161c2d',
    industrial: '#131a28',
    green: '#12261f',
    sport: '#122620',
    school: '#1b2029',
    hospital: '#221c2a',
    square: '#151e2e',
  },
  water: '#12324c',
  building: '#18233a',
  buildingLine: '#22304a',
  road: { trunk: '#4b4431', primary: '#3b3d3c', secondary: '#2d3a50', default: '#263349', path: '#1f2a3d' },
  casing: '#0a101c',
  rail: '#37445c',
  label: '#c2cee0',
  roadLabel: '#9aa8bf',
  waterLabel: '#7fb2d4',
  halo: '#0b1220',
  accent: '#6694ff',
  panel: '#121c2e',
  text: '#e8eef8',
  danger: '#ff6b6b',
}

export const paletteOf = (isDark: boolean): Palette => (isDark ? dark : light)
