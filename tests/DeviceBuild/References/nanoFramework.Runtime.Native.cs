using System;

namespace nanoFramework.Runtime.Native
{
    public static class Rtc
    {
        public static bool SetSystemTime(DateTime dateTime) => throw null;
    }

    public static class SystemInfo
    {
        public static string TargetName => throw null;
    }
}
