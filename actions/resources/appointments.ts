/** Appointments and tasks in the calendar. Halo ignores paging here: without dates it answers everything it has. */
import { defineResource } from '../define.ts';

export const appointments = defineResource('appointments', {
  list: {
    title: 'List Appointments',
    description: 'Halo ignores paging here and answers all it has between the dates: give both, always.',
    get: '/Appointment',
    items: 'appointments',
    input: 'AppointmentsListInput',
    output: 'AppointmentRow',
  },
  get: { title: 'Get Appointment', get: '/Appointment/{id}', input: 'RecordGetInput', output: 'Appointment' },
  upsert: {
    title: 'Add or Update Appointments',
    one: 'Appointment',
    post: '/Appointment',
    input: 'Appointment',
    output: 'Appointment',
    createNeeds: ['subject', 'start_date', 'end_date'],
    reconcile: {
      list: 'appointments.list',
      get: 'appointments.get',
      by: ['start_date', 'end_date'],
      around: { start_date: -7, end_date: 7 },
      date: ['last_modified'],
      changed: 'last_modified',
      names: ['subject'],
    },
  },
  delete: {
    title: 'Delete Appointment',
    delete: '/Appointment/{id}',
    input: 'AppointmentsDeleteInput',
    output: 'Appointment',
  },
});
