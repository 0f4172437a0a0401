using System.Text;

namespace CertFunctions.Core.Tests;

public sealed class CalendarDateTests
{
    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2028-02-29")]
    [InlineData("9999-12-31")]
    public void Accepts_dates_of_the_range(string text)
    {
        Assert.True(CalendarDate.TryParse(text, out var date));
        Assert.Equal(text, CalendarDate.ToText(date));
        Assert.True(CalendarDate.TryParse(Encoding.UTF8.GetBytes(text), out var same));
        Assert.Equal(date, same);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1899-12-31")]
    [InlineData("10000-01-01")]
    [InlineData("2027-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-1-1")]
    [InlineData("24/11/2026")]
    [InlineData("2026-11-24T00:00:00Z")]
    [InlineData(" 2026-11-24")]
    [InlineData("٢٠٢٦-١١-٢٤")]
    [InlineData("2026-00-01")]
    [InlineData("2026-11-00")]
    [InlineData("2026-11-31")]
    [InlineData("2026/11/24")]
    [InlineData("+026-11-24")]
    [InlineData("0000-01-01")]
    public void Refuses_everything_else(string? text)
    {
        Assert.False(CalendarDate.TryParse(text, out _));
        Assert.False(CalendarDate.TryParse(Encoding.UTF8.GetBytes(text ?? ""), out _));
    }
}
