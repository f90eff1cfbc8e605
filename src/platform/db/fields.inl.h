// Takes an aggregate apart: counts its fields by trying to initialise it with one more each time, then names them by a
// structured binding. C++20 has no reflection; this table of 32 lines is the whole of it.
#pragma once
// clang-format off

namespace mitwirken::db::detail {

struct Anything {
    template <class T>
    operator T() const;
};

template <class T, class... A>
consteval int field_count() {
    if constexpr (sizeof...(A) < 33 && requires { T{A{}..., Anything{}}; })
        return field_count<T, A..., Anything>();
    else
        return sizeof...(A);
}

// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#define MW_FIELDS_1 f1
#define MW_FIELDS_2 MW_FIELDS_1, f2
#define MW_FIELDS_3 MW_FIELDS_2, f3
#define MW_FIELDS_4 MW_FIELDS_3, f4
#define MW_FIELDS_5 MW_FIELDS_4, f5
#define MW_FIELDS_6 MW_FIELDS_5, f6
#define MW_FIELDS_7 MW_FIELDS_6, f7
#define MW_FIELDS_8 MW_FIELDS_7, f8
#define MW_FIELDS_9 MW_FIELDS_8, f9
#define MW_FIELDS_10 MW_FIELDS_9, f10
#define MW_FIELDS_11 MW_FIELDS_10, f11
#define MW_FIELDS_12 MW_FIELDS_11, f12
#define MW_FIELDS_13 MW_FIELDS_12, f13
#define MW_FIELDS_14 MW_FIELDS_13, f14
#define MW_FIELDS_15 MW_FIELDS_14, f15
#define MW_FIELDS_16 MW_FIELDS_15, f16
#define MW_FIELDS_17 MW_FIELDS_16, f17
#define MW_FIELDS_18 MW_FIELDS_17, f18
#define MW_FIELDS_19 MW_FIELDS_18, f19
#define MW_FIELDS_20 MW_FIELDS_19, f20
#define MW_FIELDS_21 MW_FIELDS_20, f21
#define MW_FIELDS_22 MW_FIELDS_21, f22
#define MW_FIELDS_23 MW_FIELDS_22, f23
#define MW_FIELDS_24 MW_FIELDS_23, f24
#define MW_FIELDS_25 MW_FIELDS_24, f25
#define MW_FIELDS_26 MW_FIELDS_25, f26
#define MW_FIELDS_27 MW_FIELDS_26, f27
#define MW_FIELDS_28 MW_FIELDS_27, f28
#define MW_FIELDS_29 MW_FIELDS_28, f29
#define MW_FIELDS_30 MW_FIELDS_29, f30
#define MW_FIELDS_31 MW_FIELDS_30, f31
#define MW_FIELDS_32 MW_FIELDS_31, f32
#define MW_CASE(N)                   \
    else if constexpr (count == N) { \
        auto& [MW_FIELDS_##N] = row; \
        use(MW_FIELDS_##N);          \
    }

// Calls use(field1, field2, …).
template <class T, class F>
void with_fields(T& row, F&& use) {
    constexpr int count = field_count<T>();
    static_assert(count >= 1 && count <= 32, "a row type is an aggregate of 1 to 32 fields");
    if constexpr (count == 0) {
    }
    MW_CASE(1)
    MW_CASE(2)
    MW_CASE(3)
    MW_CASE(4)
    MW_CASE(5) MW_CASE(6) MW_CASE(7) MW_CASE(8) MW_CASE(9) MW_CASE(10) MW_CASE(11) MW_CASE(12) MW_CASE(13) MW_CASE(14)
        MW_CASE(15) MW_CASE(16) MW_CASE(17) MW_CASE(18) MW_CASE(19) MW_CASE(20) MW_CASE(21) MW_CASE(22) MW_CASE(23)
            MW_CASE(24) MW_CASE(25) MW_CASE(26) MW_CASE(27) MW_CASE(28) MW_CASE(29) MW_CASE(30) MW_CASE(31) MW_CASE(32)
}
#undef MW_CASE
// NOLINTEND(cppcoreguidelines-macro-usage)

template <class T>
consteval int column_count() {
    if constexpr (Field<T>)
        return 1;
    else
        return field_count<T>();
}

template <class T>
T read_row(const Rows& rows) {
    T row{};
    if constexpr (Field<T>) {
        read_field(rows, 0, row);
    } else {
        with_fields(row, [&rows](auto&... fields) {
            int column = 0;
            (read_field(rows, column++, fields), ...);
        });
    }
    return row;
}

}  // namespace mitwirken::db::detail
