package org.storedb.spring.kotlin

import java.math.BigDecimal
import java.time.Instant
import java.time.LocalDate
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.data.annotation.Id
import org.springframework.data.annotation.TypeAlias
import org.springframework.data.annotation.Version
import org.springframework.data.domain.Page
import org.springframework.data.domain.Pageable
import org.storedb.spring.data.core.mapping.Document
import org.storedb.spring.data.core.mapping.DocumentReference
import org.storedb.spring.data.core.mapping.Indexed
import org.storedb.spring.data.repository.Query
import org.storedb.spring.data.repository.StoreRepository

/** A data class with defaults, nullable properties, a list, a nested data class and an enum. */
@Document("books")
data class Book(
    @Id val id: String? = null,
    @Version val version: Long? = null,
    @Indexed val title: String,
    val pages: Int = 100,
    val subtitle: String? = null,
    val tags: List<String> = listOf("new"),
    val publisher: Publisher? = null,
    val state: State = State.IN_STOCK,
    val price: BigDecimal = BigDecimal("9.90"),
    val added: LocalDate = LocalDate.of(2027, 1, 1),
)

data class Publisher(val name: String, val city: String = "Rome")

enum class State { IN_STOCK, LENT }

/** A class with properties that are set after it is made. */
@Document("shelves")
class Shelf(val room: String) {
    @Id var id: Long? = null
    var books: MutableList<String> = mutableListOf()
    lateinit var keeper: String
}

@JvmInline value class Isbn(val text: String)

@JvmInline value class Grams(val number: Int)

@JvmInline value class Fragile(val yes: Boolean)

/** Its id and its properties are value classes. */
@Document("parcels")
data class Parcel(
    @Id val isbn: Isbn,
    val weight: Grams,
    val insured: Grams? = null,
    val fragile: Fragile? = null,
    val others: List<Isbn> = listOf(),
)

/** A reference in a constructor. */
@Document("loans")
data class Loan(@Id val id: String? = null, @DocumentReference(lazy = false) val book: Book? = null)

/** A sealed hierarchy. */
@Document("events")
sealed interface Event {
    val id: String?
}

@TypeAlias("lent") data class Lent(@Id override val id: String? = null, val reader: String) : Event

@TypeAlias("back") data class Back(@Id override val id: String? = null, val at: Instant) : Event

data class TitleAndPages(val title: String, val pages: Int)

interface TitleOnly {
    val title: String
}

interface BookRepository : StoreRepository<Book, String> {

    fun findByTitle(title: String): Book?

    fun readByTitle(title: String): Book

    fun findByPagesGreaterThanOrderByPages(pages: Int, pageable: Pageable): Page<Book>

    fun findBySubtitle(subtitle: String?): List<Book>

    fun findByPublisherCity(city: String): List<Book>

    fun findProjectedByTitle(title: String): TitleAndPages?

    fun findTitleByPages(pages: Int): List<TitleOnly>

    @Query("find books where pages >= :pages and tags has :tag")
    fun tagged(pages: Int, tag: String): List<Book>

    @Query("update books set pages = :pages where title = :title")
    fun paginate(title: String, pages: Int): Long
}

interface ShelfRepository : StoreRepository<Shelf, Long>

interface ParcelRepository : StoreRepository<Parcel, Isbn> {

    fun findByFragileTrue(): List<Parcel>

    fun findByOthersContaining(other: String): List<Parcel>

    @Query("find parcels where others has :other and insured > :least")
    fun insured(other: String, least: Int): List<Parcel>
}

interface LoanRepository : StoreRepository<Loan, String> {

    fun findByBookId(id: String): List<Loan>
}

interface EventRepository : StoreRepository<Event, String>

@SpringBootApplication class LibraryApplication
