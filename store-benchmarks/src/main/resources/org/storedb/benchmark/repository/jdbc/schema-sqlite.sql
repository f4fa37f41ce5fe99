create table if not exists customers (
    id text primary key,
    email text not null,
    first_name text not null,
    last_name text not null,
    city text not null,
    age integer not null,
    balance real not null,
    created_at integer not null,
    street text not null,
    postal_code text not null,
    country text not null,
    tags text not null
) without rowid;
create unique index if not exists customers_email on customers (email);
create index if not exists customers_city on customers (city);
create index if not exists customers_age on customers (age);
