package sendgrid_test

const workers, each = 20, 200
