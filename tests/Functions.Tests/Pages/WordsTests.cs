using System.Globalization;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Pages;

namespace CertFunctions.Functions.Tests.Pages;

public sealed class WordsTests
{
    [Theory]
    [InlineData("en-GB", "24 Nov 2028")]
    [InlineData("en-US", "Nov 24, 2028")]
    [InlineData("de-DE", "24. Nov. 2028")]
    [InlineData("ja-JP", "2028年11月24日")]
    public void A_date_is_written_as_the_readers_language_writes_it_without_the_weekday(string language, string expected) =>
        In(language, () => Assert.Equal(expected, Words.Of(new DateOnly(2028, 11, 24))));

    [Theory]
    [InlineData("en-GB", "12,345")]
    [InlineData("de-DE", "12.345")]
    public void Numbers_are_grouped(string language, string expected) => In(language, () => Assert.Equal(expected, Words.Of(12_345)));

    [Fact]
    public void A_choice_is_read_as_words() => Assert.Equal("Completed with errors", Words.Of(JobStatus.CompletedWithErrors));

    [Theory]
    [InlineData(1, ValidityUnit.Years, "1 year")]
    [InlineData(24, ValidityUnit.Months, "24 months")]
    public void A_validity_says_how_long(int value, ValidityUnit unit, string expected)
    {
        Assert.True(Validity.TryCreate(value, unit, out var validity));
        Assert.Equal(expected, Words.Of(validity));
    }

    [Fact]
    public void A_plan_is_said_in_a_sentence() => In("en-GB", () => Assert.Equal(
        "80 people get it until 24 Nov 2028, 12 are renewed until 24 Nov 2028, 1 already holds it as long or longer.",
        JobWords.Planned(new JobCounts(Awarded: 80, Renewed: 12, Skipped: 1), AwardWords.Until(new DateOnly(2028, 11, 24)))));

    [Fact]
    public void What_was_done_is_said_in_a_sentence() => In("en-GB", () => Assert.Equal("1 person was awarded, 2 failed.", JobWords.Done(new JobCounts(Awarded: 1, Failed: 2))));

    [Fact]
    public void What_a_plan_would_do_is_said_in_a_sentence() => In("en-GB", () => Assert.Equal(
        "2 would be unassigned, 1 would be skipped.", JobWords.WouldDo(new JobCounts(Revoked: 2, Skipped: 1))));

    private static void In(string language, Action test)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        try
        {
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
