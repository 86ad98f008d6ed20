/** A posting and a resume of our own, for a look around without any papers. */
export const SAMPLE_JOB = `Senior Backend Engineer

Harbour Freight Desk moves cargo bookings for small ports. You will join the six people who run our booking service.

What you will do
- Design and build APIs in Rust and PostgreSQL that port offices use all day
- Own services in production, from the first sketch to the night they break
- Make slow things fast: our busiest query runs 40,000 times an hour
- Review code with care and mentor two junior engineers
- Talk with port offices to find out what they really need

What you bring
- Five or more years of backend development
- Strong SQL and experience with a relational database under load
- Experience with message queues such as Kafka or RabbitMQ
- Clear communication with people who do not write software
- Nice to have: Kubernetes, Terraform`;

export const SAMPLE_RESUME = `Robin Okafor
Backend Engineer
robin.okafor@example.com | Bristol

Summary
Backend engineer with six years in logistics and payments. Likes boring databases and short incident reports.

Experience
Backend Engineer, Tidewater Payments, 2021-03 - Present
- Cut checkout latency from 900 ms to 280 ms by caching quotes in Redis
- Moved 40 million rows from MySQL to PostgreSQL with no downtime
- Led the on-call rota of five engineers and halved the pages a week
Software Developer, Parcel Lane, 2018-06 - 2021-02
- Built the label printing API in Python that 300 shops use
- Wrote the queue consumers in RabbitMQ that replaced a nightly batch

Education
BSc Computer Science, University of the West of England, 2015 - 2018

Skills
Rust, Python, PostgreSQL, Redis, RabbitMQ, Docker, Terraform

Languages
English, Igbo`;
