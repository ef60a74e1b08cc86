// check_table TABLE KEY: whether the table's last 64 octets are the key's signature over all before them. KEY holds X and Y, 64
// octets. Exit code 0 yes, 2 no, 1 unusable files.

#include <core/TableCheck.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

int main(int argc, char **argv)
{
    if (argc != 3)
    {
        std::fputs("usage: check_table TABLE KEY\n", stderr);
        return 1;
    }

    std::vector<std::uint8_t> files[2];
    for (int i = 0; i < 2; i++)
    {
        std::ifstream file(argv[i + 1], std::ios::binary);
        files[i] = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }

    const std::vector<std::uint8_t> &table = files[0];
    if (table.size() < mirror::SignatureOctets || files[1].size() != mirror::KeyOctets)
    {
        std::fputs("unusable files\n", stderr);
        return 1;
    }

    const std::size_t length = table.size() - mirror::SignatureOctets;
    return mirror::CheckSignature(table.data(), length, files[1].data(), table.data() + length) ? 0 : 2;
}
