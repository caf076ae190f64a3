//! SQL of the people tables 组织存取.

mod list;
pub mod load;
pub(crate) mod organisation;
mod person;
pub(crate) mod placements;
mod things;
pub(crate) mod unload;

pub(crate) use list::{EmployeeFilter, EmployeeLine, employees, of_names, of_numbers};
pub(crate) use organisation::{
    CalendarDay, DepartmentLine, EntityLine, Unique, add_department, add_entity, add_post,
    calendar, calendar_rows, check_department_seen, close_department, count_members,
    department_version, departments, employment_rows, entities, entity_exists, first_entity,
    line_above, members, name_taken, named_line, organisation, post_version, posts,
    push_head_count, push_members, set_department, set_entity, set_head, set_notice, set_post,
};
pub(crate) use person::{
    Employee, EmploymentLine, EmploymentRow, NewEmployee, PersonState, add_employee,
    add_employment, begin_again, correct_employee, employment_history, extra_of,
    find_by_citizen_id, find_employee, find_employee_by_number, full_name, names_of,
    next_employment, set_contract, set_job, set_state,
};
pub(crate) use things::{
    Asset, AssetState, StandInLine, add_asset, add_stand_in, assets_of, end_stand_in, find_asset,
    find_stand_in, set_asset, stand_ins, stand_ins_of,
};
