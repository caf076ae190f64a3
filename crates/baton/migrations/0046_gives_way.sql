-- A dismissal that was not served gives way to the notice of the employee, in the transaction that
-- files it: for so long both are open. One of each a person, and never two of a kind.
DROP INDEX departure_open;
CREATE UNIQUE INDEX departure_open ON departure (employee_id) WHERE closed_at IS NULL
  AND kind NOT IN ('probation_failure', 'misconduct', 'no_fault_dismissal', 'layoff');
CREATE UNIQUE INDEX departure_dismissal ON departure (employee_id) WHERE closed_at IS NULL
  AND kind IN ('probation_failure', 'misconduct', 'no_fault_dismissal', 'layoff');
