package org.storedb.spring.kotlin

import java.math.BigDecimal
import java.time.Duration
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.dao.EmptyResultDataAccessException
import org.springframework.dao.OptimisticLockingFailureException
import org.springframework.data.annotation.Id
import org.springframework.data.domain.PageRequest
import org.springframework.data.repository.findByIdOrNull
import org.storedb.Store
import org.storedb.spring.data.core.StoreOperations
import org.storedb.spring.data.core.mapping.TimeToLive
import org.storedb.spring.data.repository.StoreRepository
import org.storedb.spring.data.repository.support.StoreRepositoryFactory

/** Entities and repositories that are written in Kotlin. */
@SpringBootTest(classes = [LibraryApplication::class], properties = ["store.in-memory=true"])
class KotlinEntityTests
@Autowired
constructor(
    private val store: Store,
    private val operations: StoreOperations,
    private val books: BookRepository,
    private val shelves: ShelfRepository,
    private val parcels: ParcelRepository,
    private val events: EventRepository,
    private val loans: LoanRepository,
) {

    @BeforeEach
    fun empty() {
        listOf(books, shelves, parcels, events, loans).forEach { it.deleteAll() }
    }

    @Test
    fun dataClassGetsItsIdAndVersionAsACopy() {
        val book = Book(title = "Sea", subtitle = "of sand", publisher = Publisher("Acme", "Oslo"), state = State.LENT)
        val saved = books.save(book)
        assertThat(book.id).isNull()
        assertThat(saved.id).isNotNull()
        assertThat(saved.version).isEqualTo(0)
        assertThat(books.findByIdOrNull(saved.id!!)).isEqualTo(saved)
        assertThat(saved).isEqualTo(book.copy(id = saved.id, version = 0))
    }

    @Test
    fun copiesAreSavedUnderTheirVersion() {
        val first = books.save(Book(title = "Sea"))
        val second = books.save(first.copy(pages = 200))
        assertThat(second.version).isEqualTo(1)
        assertThatExceptionOfType(OptimisticLockingFailureException::class.java)
            .isThrownBy { books.save(first.copy(pages = 300)) }
        assertThat(books.findByTitle("Sea")?.pages).isEqualTo(200)
    }

    @Test
    fun fieldsThatADocumentDoesNotHaveHaveTheDefaultsOfTheClass() {
        store.collection("books").insert(mapOf("id" to "old", "title" to "Old"))
        val old = books.readByTitle("Old")
        assertThat(old).isEqualTo(Book(id = "old", version = 0, title = "Old"))
        assertThat(old.tags).containsExactly("new")
        assertThat(old.price).isEqualTo(BigDecimal("9.90"))
    }

    @Test
    fun whatHasNoDefaultAndIsNotNullableHasToBeThere() {
        store.collection("books").insert(mapOf("id" to "old", "pages" to 3))
        assertThatThrownBy { books.findByIdOrNull("old") }.hasMessageContaining("Book")
    }

    @Test
    fun nestedDataClassesHaveTheirDefaults() {
        store.collection("books").insert(mapOf("id" to "old", "title" to "Old", "publisher" to mapOf("name" to "Acme")))
        assertThat(books.readByTitle("Old").publisher).isEqualTo(Publisher("Acme", "Rome"))
    }

    @Test
    fun nullIsStoredAsMissingAndFound() {
        books.saveAll(listOf(Book(title = "A"), Book(title = "B", subtitle = "b")))
        assertThat(books.findBySubtitle(null).map { it.title }).containsExactly("A")
        assertThat(store.collection("books").get(books.readByTitle("A").id!!).orElseThrow()).doesNotContainKey("subtitle")
    }

    @Test
    fun nullableReturnTypeMayBeNullAndAnotherMayNot() {
        assertThat(books.findByTitle("none")).isNull()
        assertThatExceptionOfType(EmptyResultDataAccessException::class.java).isThrownBy { books.readByTitle("none") }
        assertThat(books.findByIdOrNull("none")).isNull()
    }

    @Test
    fun queriesPagesAndProjections() {
        books.saveAll((1..5).map { Book(title = "Book $it", pages = it, publisher = Publisher("Acme")) })
        val page = books.findByPagesGreaterThanOrderByPages(1, PageRequest.of(0, 2))
        assertThat(page.content.map { it.pages }).containsExactly(2, 3)
        assertThat(page.totalElements).isEqualTo(4)
        assertThat(books.findByPublisherCity("Rome")).hasSize(5)
        assertThat(books.findProjectedByTitle("Book 3")).isEqualTo(TitleAndPages("Book 3", 3))
        assertThat(books.findTitleByPages(4).map { it.title }).containsExactly("Book 4")
        assertThat(books.tagged(3, "new")).hasSize(3)
        assertThat(books.paginate("Book 1", 77)).isEqualTo(1)
        assertThat(books.readByTitle("Book 1").pages).isEqualTo(77)
    }

    @Test
    fun suspendingQueriesAreRefused() {
        assertThatThrownBy { StoreRepositoryFactory(operations).getRepository(SuspendingRepository::class.java) }
            .hasMessageContaining("findByPages")
            .hasMessageContaining("suspending functions are not supported")
    }

    @Test
    fun propertiesThatAreSetLater() {
        val shelf = Shelf("attic").apply {
            books += "one"
            keeper = "Ada"
        }
        val id = shelves.save(shelf).id
        val read = shelves.findByIdOrNull(id!!)!!
        assertThat(read.room).isEqualTo("attic")
        assertThat(read.keeper).isEqualTo("Ada")
        assertThat(read.books).containsExactly("one")
    }

    @Test
    fun valueClassesAreIdsAndProperties() {
        val parcel = Parcel(Isbn("978-3"), Grams(500), Grams(2))
        parcels.insert(parcel)
        parcels.insert(Parcel(Isbn("978-4"), Grams(1)))
        assertThat(store.collection("parcels").get("978-3").orElseThrow()).containsEntry("weight", 500)
        assertThat(parcels.findByIdOrNull(Isbn("978-3"))).isEqualTo(parcel)
        assertThat(parcels.findByIdOrNull(Isbn("978-4"))?.insured).isNull()
        assertThat(parcels.existsById(Isbn("978-5"))).isFalse()
        parcels.delete(parcel)
        assertThat(parcels.count()).isEqualTo(1)
    }

    @Test
    fun queriesTakeTheValuesOfValueClasses() {
        val parcel = Parcel(Isbn("978-3"), Grams(500), Grams(2), Fragile(true), listOf(Isbn("978-8"), Isbn("978-9")))
        parcels.insert(parcel)
        parcels.insert(Parcel(Isbn("978-4"), Grams(1), fragile = Fragile(false)))
        assertThat(parcels.findByFragileTrue()).containsExactly(parcel)
        assertThat(parcels.findByOthersContaining("978-9")).containsExactly(parcel)
        assertThat(parcels.findByOthersContaining("978-4")).isEmpty()
        assertThat(parcels.insured("978-8", 1)).containsExactly(parcel)
    }

    @Test
    fun referencesInConstructors() {
        val book = books.save(Book(title = "Sea"))
        val id = book.id!!
        val loan = loans.save(Loan(book = book))
        assertThat(store.collection("loans").get(loan.id!!).orElseThrow()).containsEntry("book", id)
        assertThat(loans.findByBookId(id)).containsExactly(loan)
    }

    @Test
    fun timesToLiveAreDurationsOfJava() {
        val tickets = StoreRepositoryFactory(operations).getRepository(TicketRepository::class.java)
        tickets.insert(Ticket(validFor = Duration.ofHours(1)))
        assertThat(store.stats().expiry().expiring()).isEqualTo(1)
        tickets.deleteAll()
        for (repository in listOf(PassRepository::class.java, OpenPassRepository::class.java)) {
            assertThatThrownBy { StoreRepositoryFactory(operations).getRepository(repository).count() }
                .hasStackTraceContaining("'validFor'")
                .hasStackTraceContaining("neither a java.time.Duration nor a whole number")
        }
    }

    @Test
    fun sealedHierarchies() {
        val lent = events.insert(Lent(reader = "Ada"))
        val back = events.insert(Back(at = Instant.parse("2027-01-01T00:00:00Z")))
        assertThat(events.findAll()).containsExactlyInAnyOrder(lent, back)
    }

    data class Ticket(@Id val id: String? = null, @TimeToLive val validFor: Duration)

    data class Pass(@Id val id: String? = null, @TimeToLive val validFor: kotlin.time.Duration)

    data class OpenPass(@Id val id: String? = null, @TimeToLive val validFor: kotlin.time.Duration?)

    interface TicketRepository : StoreRepository<Ticket, String>

    interface PassRepository : StoreRepository<Pass, String>

    interface OpenPassRepository : StoreRepository<OpenPass, String>

    interface SuspendingRepository : StoreRepository<Book, String> {
        suspend fun findByPages(pages: Int): List<Book>
    }
}
