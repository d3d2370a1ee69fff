/** Line icons of the rail, as paths on a 24 by 24 ground. */
export const railIcons = {
  todo: 'M4 6h2M4 12h2M4 18h2M10 6h10M10 12h10M10 18h10',
  work: 'M9 4h6v3H9zM9 5.5H5.5V20h13V5.5H15M8.5 13l2.5 2.5 4.5-5',
  map: 'M9 4 3 6.5v13.5L9 17.5l6 2.5 6-2.5V4L15 6.5zM9 4v13.5M15 6.5V20',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  clusters: 'M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM19 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM10.2 12 6.5 15.6M13.8 12l3.7 3.6M7.2 17h9.6',
  shifts: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  directive: 'M4 10v4h3l7 4.5v-13L7 10zM17.5 9a4 4 0 0 1 0 6M8 14.5V19h2.5',
  notice: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4M12 3v2',
  window: 'M4 5h16v9H4zM4 14v5M20 14v5M9 9.5h6M2.5 19h19',
  review: 'M12 4 14.4 8.9 19.8 9.7 15.9 13.5 16.8 18.9 12 16.4 7.2 18.9 8.1 13.5 4.2 9.7 9.6 8.9z',
  visits: 'M3 11.5 12 4l9 7.5M6 10v10h12V10M10 20v-5h4v5',
  figures: 'M4 20h16M6.5 16.5v-5M11 16.5v-9M15.5 16.5v-6M19.5 4.5l-4.5 3-4-2.5-5.5 3.5',
  screen: 'M3 5h18v11H3zM9 20h6M12 16v4M7 12.5l3-3 2.5 2 4.5-4',
  reports: 'M6 3.5h9l4 4V20.5H6zM15 3.5v4h4M9 17v-3M12.5 17v-6M16 17v-4',
  admin: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
} as const
export type RailIcon = keyof typeof railIcons
