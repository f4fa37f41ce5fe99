create table if not exists customers (
    id varchar(64) primary key,
    email varchar(255) not null,
    first_name varchar(255) not null,
    last_name varchar(255) not null,
    city varchar(255) not null,
    age int not null,
    balance double precision not null,
    created_at timestamp with time zone not null,
    street varchar(255) not null,
    postal_code varchar(255) not null,
    country varchar(255) not null,
    tags varchar(255) array not null
);
create unique index if not exists customers_email on customers (email);
create index if not exists customers_city on customers (city);
create index if not exists customers_age on customers (age);
