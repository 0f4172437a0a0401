using CertFunctions.Core.Ingestion;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>Every sort of file that may be dropped, and what becomes of it. The files lie in <c>Files</c>.</summary>
public sealed class CsvFileTests
{
    private readonly FileReading reading = new();

    [Theory]
    [InlineData("blank-lines-only.csv", "file_empty")]
    [InlineData("bom-only.csv", "file_empty")]
    [InlineData("rows-of-separators-only.csv", "file_empty")]
    [InlineData("duplicate-column.csv", "duplicate_column")]
    [InlineData("empty.csv", "file_empty")]
    [InlineData("gzip.csv", "bad_encoding")]
    [InlineData("html.csv", "missing_required_column")]
    [InlineData("invalid-utf-8-in-header.csv", "bad_encoding")]
    [InlineData("missing-columns.csv", "missing_required_column")]
    [InlineData("utf-16-without-bom.csv", "bad_encoding")]
    [InlineData("xlsx.csv", "bad_encoding")]
    public async Task Refuses_what_is_no_import(string file, string code) => Assert.Equal(code, await VerdictOnAsync(file));

    [Theory]
    [InlineData("header-only.csv", "")]
    [InlineData("header-only-without-line-break.csv", "")]
    [InlineData("utf-8-bom.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("utf-16-le-bom.csv", "2 award u-1, 3 award u-3, 4 user_not_found")]
    [InlineData("utf-16-be-bom.csv", "2 award u-1, 3 award u-3, 4 user_not_found")]
    [InlineData("windows-1252.csv", "2 award u-1, 3 bad_encoding, 4 award u-2")]
    [InlineData("invalid-utf-8.csv", "2 award u-1, 3 bad_encoding, 4 award u-2")]
    [InlineData("damaged.csv", "2 bad_encoding, 3 award u-1")]
    [InlineData("nul.csv", "2 award u-1, 3 bad_encoding, 4 award u-2")]
    [InlineData("lf.csv", "2 award u-1, 3 award u-2, 4 user_not_found")]
    [InlineData("crlf.csv", "2 award u-1, 3 award u-2, 4 user_not_found")]
    [InlineData("mixed-line-breaks.csv", "2 award u-1, 3 award u-2, 4 user_not_found")]
    [InlineData("no-final-line-break.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("blank-lines.csv", "4 award u-1, 8 user_not_found")]
    [InlineData("rows-of-separators.csv", "3 award u-1, 6 user_not_found")]
    [InlineData("rows-of-separators-before-header.csv", "5 award u-1")]
    [InlineData("rows-of-separators-tab.csv", "3 award u-1")]
    public async Task Reads_any_encoding_and_any_line_break(string file, string verdict) => Assert.Equal(verdict, await VerdictOnAsync(file));

    [Theory]
    [InlineData("quoted.csv", "2 award u-1, 3 award u-2, 5 user_not_found")]
    [InlineData("unclosed-quote.csv", "2 award u-1, 3 field_count_mismatch, 4 user_not_found, 5 award u-2")]
    [InlineData("text-after-quote.csv", "2 field_count_mismatch, 3 field_count_mismatch, 4 field_count_mismatch, 5 award u-2")]
    [InlineData("too-few-and-too-many-fields.csv", "2 field_count_mismatch, 3 award u-1, 4 field_count_mismatch, 5 award u-2")]
    [InlineData("semicolon.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("tab.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("sep-line.csv", "3 award u-1, 4 user_not_found")]
    [InlineData("sep-line-of-another-separator.csv", "3 award u-1, 4 user_not_found")]
    [InlineData("reordered.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("extra-columns.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("other-case-and-blanks.csv", "2 award u-1, 3 user_not_found")]
    [InlineData("dropped-again.csv", "2 skip already_done, 3 award u-2, 4 skip already_done, 5 user_not_found")]
    public async Task Reads_any_dialect_and_any_columns(string file, string verdict) => Assert.Equal(verdict, await VerdictOnAsync(file));

    [Theory]
    [InlineData("case-variants.csv", "2 award u-1, 3 duplicate_in_file, 4 award u-3, 5 duplicate_in_file")]
    [InlineData("dates.csv", "2 date_invalid, 3 date_invalid, 4 date_invalid, 5 date_invalid, 6 date_invalid, 7 date_invalid, 8 date_invalid, 9 date_invalid, 10 date_invalid, 11 date_invalid, 12 date_invalid, 13 date_invalid, 14 award u-1, 15 award u-2")]
    [InlineData("duplicates.csv", "2 award u-1, 3 award u-2, 4 duplicate_in_file, 5 award u-1, 6 award u-1, 7 duplicate_in_file")]
    [InlineData("duplicates-of-revocations.csv", "2 award u-1, 3 award u-1, 4 duplicate_in_file, 5 revoke u-2, 6 duplicate_in_file, 7 duplicate_in_file")]
    [InlineData("user-id-alone.csv", "2 award u-1, 3 user_not_found, 4 username_blank, 5 award nobody, 6 award u-2")]
    [InlineData("username-and-user-id.csv", "2 award u-1, 3 user_mismatch, 4 award u-2, 5 user_not_found, 6 user_not_found, 7 user_mismatch, 8 award u-3, 9 username_blank, 10 certification_not_found, 11 award u-4")]
    [InlineData("expiry.csv", "2 expire_before_issue, 3 expire_required, 4 expire_given_but_always_valid, 5 always_valid_invalid, 6 always_valid_invalid, 7 expire_before_issue, 8 award u-1, 9 award u-2")]
    [InlineData("formulas.csv", "2 award u-4, 3 award u-4, 4 user_not_found")]
    [InlineData("odd-usernames.csv", "2 user_not_found, 3 user_not_found, 4 award u-5, 5 award u-6")]
    [InlineData("types-and-actions.csv", "2 type_invalid, 3 type_invalid, 4 external_training_required, 5 external_training_not_found, 6 external_training_not_found, 7 action_invalid, 8 reason_too_long, 9 award u-1, 10 revoke u-2, 11 revoke u-2, 12 user_not_found, 13 award u-3")]
    [InlineData("unknown.csv", "2 user_not_found, 3 certification_not_found, 4 certification_not_found, 5 certification_not_found, 6 certification_archived, 7 username_blank, 8 certification_archived, 9 user_not_found, 10 award u-1")]
    public async Task Says_of_each_row_the_first_thing_that_is_wrong(string file, string verdict) =>
        Assert.Equal(verdict, await VerdictOnAsync(file));

    [Theory]
    [InlineData("users.csv", ImportKind.Users, "2 user u-1, 3 user u-2, 4 username_blank, 5 user_id_invalid, 6 username_invalid, 7 name_invalid, 8 name_invalid, 10 email_invalid, 11 active_invalid, 12 branch_not_found, 13 duplicate_in_file, 14 user u-4")]
    [InlineData("users-duplicates.csv", ImportKind.Users, "2 user u-1, 3 duplicate_in_file, 4 duplicate_in_file, 5 user u-2, 6 user u-4")]
    [InlineData("groups.csv", ImportKind.Groups, "2 group g-1+u-1, 3 group g-1+u-2, 4 group g-1+, 5 duplicate_in_file, 6 group_id_invalid, 7 name_invalid, 8 name_invalid, 9 user_id_invalid, 10 group g-2+u-3")]
    [InlineData("branches.csv", ImportKind.Branches, "9 duplicate_in_file, 10 branch_id_invalid, 11 name_invalid, 12 branch_not_found, 4 branch root, 3 branch emea, 2 branch emea-uk, 7 branch_cycle, 6 branch_cycle, 5 branch a, 8 branch_cycle, 13 branch late")]
    public async Task Reads_the_directory(string file, ImportKind kind, string verdict) =>
        Assert.Equal(verdict, await reading.VerdictOnAsync(FileReading.FileNamed(file), kind));

    [Fact]
    public async Task Reads_a_code_page_when_told_so() => Assert.Equal(
        "2 award u-1, 3 award u-3, 4 award u-2", await reading.VerdictOnAsync(FileReading.FileNamed("windows-1252.csv"), charset: "Windows-1252"));

    [Fact]
    public async Task Reads_utf_16_without_a_byte_order_mark_when_told_so() => Assert.Equal(
        "2 award u-1", await reading.VerdictOnAsync(FileReading.FileNamed("utf-16-without-bom.csv"), charset: "utf-16"));

    [Fact]
    public void Every_file_has_its_verdict()
    {
        var named = typeof(CsvFileTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .Select(data => (string)data.Data[0]!);
        var there = System.IO.Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Ingestion", "Files")).Select(file => Path.GetFileName(file));

        Assert.Equal(there.Order(), named.Distinct().Order());
    }

    private Task<string> VerdictOnAsync(string file) => reading.VerdictOnAsync(FileReading.FileNamed(file));
}
